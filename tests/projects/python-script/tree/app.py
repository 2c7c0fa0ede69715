import http.server
import os

if __name__ == "__main__":
    port = int(os.environ.get("PORT", "8080"))
    http.server.HTTPServer(("", port), http.server.SimpleHTTPRequestHandler).serve_forever()
