import ctypes
from http.server import HTTPServer, SimpleHTTPRequestHandler


def kind(path):
    library = ctypes.CDLL("libmagic.so.1")
    return library.magic_version()


HTTPServer(("", 8000), SimpleHTTPRequestHandler).serve_forever()
