"""A mobile operator's gateway: it checks the signature by its own words, counts what it sends, and misbehaves as told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# behaviour → what happens to a message: sent, or answered with this status, or worse
BEHAVIOURS = ("sends", "sends_and_hangs_up", "sends_late", "hangs_up", "500", "503", "400")


@dataclass
class Operator:
    """`plan`: one behaviour for each arrival, the last one for all that follow. `sent`: text by reference, once each."""

    key: str = "shared"
    plan: list[str] = field(default_factory=lambda: ["sends"])
    slow_seconds: float = 0.6
    arrivals: int = 0
    enquiries: int = 0
    forged: int = 0
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    rings: list[str] = field(default_factory=list)  # each time that a phone really rang

    def __enter__(self) -> Operator:
        operator = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                operator.take(self)

            def do_GET(self) -> None:
                operator.tell(self)

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/gateway"

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        behaviour = self.plan[min(self.arrivals, len(self.plan) - 1)]
        self.arrivals += 1
        if not self.is_genuine(request, body):
            self.forged += 1
            return self.answer(request, 401)
        message = json.loads(body)
        if message["reference"] in self.sent:
            return self.answer(request, 409)
        if behaviour.startswith("sends"):
            self.sent[message["reference"]] = message
            self.rings.append(message["phone"])
        match behaviour:
            case "sends":
                self.answer(request, 202)
            case "sends_late":
                time.sleep(self.slow_seconds)
                self.answer(request, 202)
            case "sends_and_hangs_up" | "hangs_up":
                request.connection.close()
            case status:
                self.answer(request, int(status))
        return None

    def tell(self, request: BaseHTTPRequestHandler) -> None:
        self.enquiries += 1
        if not self.is_genuine(request, b""):
            self.forged += 1
            return self.answer(request, 401)
        return self.answer(request, 200 if request.path.rpartition("/")[2] in self.sent else 404)

    def is_genuine(self, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        stamp = request.headers["X-Timestamp"]
        if abs(time.time() - int(stamp)) > 300:
            return False
        path = request.path.removeprefix("/gateway")
        text = f"{request.command}\n{path}\n{stamp}\n{body.decode()}"
        mac = hmac.digest(self.key.encode(), text.encode(), hashlib.sha256).hex()
        return hmac.compare_digest(mac, request.headers["X-Signature"])

    def answer(self, request: BaseHTTPRequestHandler, status: int) -> None:
        request.send_response(status)
        request.send_header("Content-Length", "0")
        request.end_headers()
