"""As much of CouchDB as HardPy's stores use: databases, documents, and their revisions."""

import json
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Couch:
    def __enter__(self):
        self.databases = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self.databases))
        self.port = self._server.server_port
        self.url = f"http://dev:dev@127.0.0.1:{self.port}/"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def handler_of(databases):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body in one packet: two of them wait for each other.
        wbufsize = -1

        def parts(self):
            return self.path.split("?")[0].strip("/").split("/")

        def do_HEAD(self):
            self.do_GET()

        def do_GET(self):
            name, *document = self.parts()
            if name not in databases or document and document[0] not in databases[name]:
                return self.answer(404, {"error": "not_found", "reason": "missing"})
            found = databases[name][document[0]] if document else {"db_name": name}
            return self.answer(200, found, found.get("_rev"))

        def do_PUT(self):
            name, *document = self.parts()
            body = self.body()
            if not document:
                if name in databases:
                    return self.answer(412, {"error": "file_exists", "reason": "exists"})
                databases[name] = {}
                return self.answer(201, {"ok": True})
            before = databases[name].get(document[0])
            if before is not None and before["_rev"] != body.get("_rev"):
                return self.answer(409, {"error": "conflict", "reason": "conflict"})
            rest = {key: body[key] for key in body if key not in ("_id", "_rev")}
            number = int(before["_rev"].split("-")[0]) + 1 if before else 1
            rev = f"{number}-{md5(json.dumps(rest).encode()).hexdigest()}"
            databases[name][document[0]] = {"_id": document[0], "_rev": rev, **rest}
            return self.answer(201, {"ok": True, "id": document[0], "rev": rev})

        def do_DELETE(self):
            self.body()
            name, document = self.parts()
            databases[name].pop(document, None)
            self.answer(200, {"ok": True})

        def do_POST(self):
            self.body()
            self.answer(202, {"ok": True})

        def body(self):
            length = int(self.headers.get("Content-Length") or 0)
            return json.loads(self.rfile.read(length) or b"{}")

        def answer(self, status, value, rev=None):
            text = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            if rev is not None:
                self.send_header("ETag", f'"{rev}"')
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(text)

        def log_message(self, *_):
            pass

    return Handler
