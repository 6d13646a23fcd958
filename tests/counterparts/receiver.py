"""A partner that is told of events: it checks what it gets, and it misbehaves as it is told.

Signature and identifier are checked here a second time and by other words than the sender's, so that docs/api.md is
proven by two implementations.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# behaviour → what happens to a delivery: taken, or answered with this status, or worse
BEHAVIOURS = ("takes", "takes_and_hangs_up", "500", "410", "redirects", "slow", "hangs_up", "garbage")


@dataclass
class Receiver:
    """`plan`: one behaviour for each arrival, the last one for all that follow. `known`: events taken, by identifier."""

    secret: str = ""
    plan: list[str] = field(default_factory=lambda: ["takes"])
    slow_seconds: float = 1.0
    arrivals: int = 0
    refused: list[str] = field(default_factory=list)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    times_taken: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Receiver:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.handle(self)

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
        return f"http://127.0.0.1:{self.server.server_port}/events"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        behaviour = self.plan[min(self.arrivals, len(self.plan) - 1)]
        self.arrivals += 1
        if not self.is_genuine(request, body):
            self.refused.append(request.headers.get("webhook-id", ""))
            return self.answer(request, 401)
        if behaviour.startswith("takes"):
            self.keep(json.loads(body))
        match behaviour:
            case "takes":
                self.answer(request, 204)
            case "takes_and_hangs_up" | "hangs_up":
                request.connection.close()
            case "redirects":
                self.answer(request, 302, {"Location": "http://127.0.0.1:9/"})
            case "slow":
                time.sleep(self.slow_seconds)
                self.answer(request, 204)
            case "garbage":
                request.wfile.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
            case status:
                self.answer(request, int(status))
        return None

    def is_genuine(self, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        stamp = request.headers["webhook-timestamp"]
        if abs(time.time() - int(stamp)) > 300:
            return False
        text = f"{request.headers['webhook-id']}.{stamp}.{body.decode()}"
        mac = hmac.digest(self.secret.encode(), text.encode(), hashlib.sha256)
        return hmac.compare_digest(
            f"v1,{base64.b64encode(mac).decode()}", request.headers["webhook-signature"]
        )

    def keep(self, event: dict[str, Any]) -> None:
        """What came before under the same identifier is the same event: it is counted, and has no second effect."""
        self.known.setdefault(event["id"], event)
        self.times_taken[event["id"]] = self.times_taken.get(event["id"], 0) + 1

    def answer(
        self, request: BaseHTTPRequestHandler, status: int, headers: dict[str, str] | None = None
    ) -> None:
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.send_header("Content-Length", "0")
        request.end_headers()
