import os

from shop import create_app

app = create_app(os.environ.get("CONFIG"))

if __name__ == "__main__":
    app.run()
