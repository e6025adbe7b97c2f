"""Serves the checksums of titles."""
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import sums

TITLES = (Path(__file__).parent / "titles.txt").read_text().splitlines()


class Shelf(BaseHTTPRequestHandler):
    def do_GET(self):
        lines = [f"{sums.checksum(title.encode()):08x} {title}" for title in TITLES]
        body = "\n".join(lines).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Shelf).serve_forever()
