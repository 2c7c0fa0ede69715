"""Certificates for a test, made by openssl: an authority, a server's and a client's."""
import subprocess


class Certificates:
    """Files in `folder`: ca.crt, server.crt and .key (localhost, 127.0.0.1, *.example.org), client.crt and .key, other.key."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self._request("ca", "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE")
        self._sign("server", "/CN=localhost", "subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:*.example.org")
        self._sign("client", "/CN=alice", "extendedKeyUsage=clientAuth")
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.path("other.key"))

    def path(self, name):
        return str(self.folder / name)

    def _request(self, name, subject, *arguments):
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                      "-subj", subject, "-keyout", self.path(name + ".key"), "-out", self.path(name + ".crt"), *arguments)

    def _sign(self, name, subject, extension):
        extensions = self.folder / (name + ".ext")
        extensions.write_text(extension + "\n")
        self._openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", subject,
                      "-keyout", self.path(name + ".key"), "-out", self.path(name + ".csr"))
        self._openssl("x509", "-req", "-days", "2", "-in", self.path(name + ".csr"), "-CA", self.path("ca.crt"),
                      "-CAkey", self.path("ca.key"), "-CAcreateserial", "-extfile", extensions, "-out", self.path(name + ".crt"))

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=30)
