"""A service at 127.0.0.1 that takes reports as StandCloud does, or fails in a chosen way."""

import ssl
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# HardPy waits 20 s for an answer.
TOO_LONG = 23


class StandService:
    """Its behaviour is `stores`, `fails` (500), `hangs`, `unhealthy` (503), or `away` (no TLS)."""

    api_key = "ak_invented"

    def __enter__(self):
        self.posted = []
        self.begin(0, "stores")
        self._folder = tempfile.TemporaryDirectory()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self._server.socket = context_in(Path(self._folder.name)).wrap_socket(
            self._server.socket, server_side=True
        )
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def begin(self, run, behaviour):
        self.run, self.behaviour = run, behaviour

    @property
    def address(self):
        return "127.0.0.1:9" if self.behaviour == "away" else f"127.0.0.1:{self._port}"


def handler_of(service):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(503 if service.behaviour == "unhealthy" else 200, b"{}")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = {"stores": 201, "fails": 500, "hangs": None}[service.behaviour]
            service.posted.append({"run": service.run, "answer": answer, "body": body})
            if answer is None:
                time.sleep(TOO_LONG)
                return
            self.answer(answer, b'{"detail": "not now"}' if answer == 500 else b"{}")

        def answer(self, status, text):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    return Handler


def context_in(folder):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
