"""Six small departments that speak MZ-HD-1 and misbehave on demand: `python -m minzheng.demo.departments facts.json`.

A process of its own with nothing of the platform inside but the standard library and the signature's algorithm, so
that the demo and the tests talk to a real other side. It lives here, and not under tests/, because the demo of an
installed package needs it too (docs/decisions/0013).

The file of facts: {source: {identity number: {"state": "found", "values": {…}}}}; who is not in it is `none`.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SOURCES = (
    "police.hukou", "police.vehicles", "hr.insurance", "land.property", "bank.deposits", "market.business",
)  # fmt: skip
BEHAVIOURS = (
    "good", "slow", "down", "off", "later", "never", "forged", "wrong_person", "twice", "garbage", "truncated",
    "busy", "conflict", "unknown", "wrong_kind", "partial",
)  # fmt: skip


def sign(key: bytes, *parts: str | bytes) -> str:
    """HMAC-SM3 as docs/verification.md describes it, written a second time on purpose."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.hmac import HMAC

    code = HMAC(key, hashes.SM3())
    code.update(b"\n".join(part if isinstance(part, bytes) else part.encode() for part in parts))
    return code.finalize().hex()


class Departments(ThreadingHTTPServer):
    """All six at one port, told apart by the path. `behaviour` and `facts` may be changed while it runs."""

    daemon_threads = True

    def __init__(
        self, facts: dict[str, Any], keys: dict[str, bytes], port: int = 0, slow: float = 3.0
    ) -> None:
        super().__init__(("127.0.0.1", port), Desk)
        self.facts, self.keys, self.slow = facts, keys, slow
        self.behaviour: dict[str, str] = {}
        self.asked: dict[str, list[str]] = {}  # source → request ids in the order of arrival, polls too
        self.people: dict[str, list[list[str]]] = {}  # source → numbers asked about, per POST
        self.bodies: dict[str, tuple[str, bytes]] = {}  # request id → digest of its body, and the body
        self.polls: dict[str, int] = {}
        self.most_at_once = self.now_inside = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def write_connections(self, folder: Path, timeouts: dict[str, float] | None = None) -> Path:
        """The installation's file of connections to this server, with the keys beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        listed: dict[str, dict[str, Any]] = {}
        for source in SOURCES:
            key_file = folder / f"{source}.key"
            key_file.touch(mode=0o600)
            key_file.write_bytes(self.keys[source])
            url = f"http://127.0.0.1:{self.port}/{source}"
            listed[source] = {"url": url, "client": "431227-mz", "key_file": key_file.name}
            if timeouts and source in timeouts:
                listed[source]["timeout"] = timeouts[source]
        file = folder / "sources.json"
        file.write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")
        return file


class Desk(BaseHTTPRequestHandler):
    """One call at one department's desk."""

    server: Departments
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        with self._inside():
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            source, request_id = self._named(), self.headers.get("X-MZ-Request", "")
            if self._is_refused(source, request_id, body):
                return
            digest = hashlib.sha256(body).hexdigest()
            known = self.server.bodies.setdefault(request_id, (digest, body))
            self.server.people.setdefault(source, []).append(
                [one["id_no"] for one in json.loads(body)["persons"]]
            )
            if known[0] != digest or self._behaviour(source) == "conflict":
                self._say(source, request_id, 409, b"{}")
            else:
                self._behave(source, request_id, body)

    def do_GET(self) -> None:
        with self._inside():
            source, request_id = self._named(), self.path.rsplit("/", 1)[-1]
            if self._is_refused(source, request_id, b""):
                return
            if request_id not in self.server.bodies:
                self._say(source, request_id, 404, b"{}")
            else:
                self._behave(source, request_id, self.server.bodies[request_id][1])

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: what is asked here is personal."""

    def _inside(self) -> Counted:
        return Counted(self.server)

    def _named(self) -> str:
        return self.path.split("/")[1]

    def _behaviour(self, source: str) -> str:
        return self.server.behaviour.get(source, "good")

    def _is_refused(self, source: str, request_id: str, body: bytes) -> bool:
        """Unknown department, or a signature that is not the client's."""
        if source not in self.server.keys:
            self._say(source, request_id, 404, b"{}")
            return True
        self.server.asked.setdefault(source, []).append(request_id)
        said, when = self.headers.get("X-MZ-Signature", ""), self.headers.get("X-MZ-Time", "0")
        expected = sign(self.server.keys[source], self.command, self.path, when, request_id, body)
        if not hmac.compare_digest(said, expected) or abs(time.time() - int(when)) > 300:
            self._say(source, request_id, 403, b"{}")
            return True
        return False

    def _behave(self, source: str, request_id: str, body: bytes) -> None:
        how = self._behaviour(source)
        polls = self.server.polls[request_id] = self.server.polls.get(request_id, 0) + 1
        if how == "off":
            self.close_connection = True
            self.connection.close()
        elif how == "down":
            self._say(source, request_id, 503, b"maintenance")
        elif how == "busy" and polls == 1:
            self._say(source, request_id, 429, b"{}", {"Retry-After": "7"})
        elif how == "never" or (how == "later" and polls < 3):
            self._say(source, request_id, 202, b"{}", {"Retry-After": "2"})
        else:
            if how == "slow":
                time.sleep(self.server.slow)
            self._answer(source, request_id, body, how)

    def _answer(self, source: str, request_id: str, body: bytes, how: str) -> None:
        asked = json.loads(body)["persons"]
        known = self.server.facts.get(source, {})
        rows = [
            {"ref": one["ref"], "id_no": one["id_no"], **known.get(one["id_no"], {"state": "none"})}
            for one in asked
        ]
        if how == "wrong_person":
            rows[0]["id_no"] = "431227195001010019"
        if how == "twice":
            rows.append(rows[0])
        if how == "unknown":
            rows = [{"ref": one["ref"], "id_no": one["id_no"], "state": "unknown"} for one in asked]
        if how == "partial":
            rows = rows[:1]
        if how == "wrong_kind":
            rows[0] |= {"state": "found", "values": {key: "很多" for key in json.loads(body)["fields"]}}
        answer = {"format": "MZ-HD-1", "request": request_id, "persons": rows}
        said = json.dumps(answer, ensure_ascii=False).encode()
        if how == "garbage":
            said = "<html>系统维护</html>".encode()
        self._say(source, request_id, 200, said, is_forged=how == "forged", is_cut=how == "truncated")

    def _say(
        self, source: str, request_id: str, status: int, body: bytes, headers: dict[str, str] | None = None,
        *, is_forged: bool = False, is_cut: bool = False,
    ) -> None:  # fmt: skip
        key = self.server.keys.get(source, b"none")
        self.send_response(status)
        signature = sign(b"another" if is_forged else key, "REPLY", str(status), request_id, body)
        for name, value in {**(headers or {}), "X-MZ-Signature": signature}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if is_cut else body)
        if is_cut:
            self.close_connection = True


class Counted:
    """Notes how many calls are inside at once."""

    def __init__(self, server: Departments) -> None:
        self.server = server

    def __enter__(self) -> None:
        with self.server.lock:
            self.server.now_inside += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.now_inside)

    def __exit__(self, *_: object) -> None:
        with self.server.lock:
            self.server.now_inside -= 1


def new_keys() -> dict[str, bytes]:
    return {source: secrets.token_hex(16).encode() for source in SOURCES}


def main() -> None:
    """Serve until standard input is closed, so that it ends with whoever started it, however that ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument(
        "--connections", type=Path, required=True, help="folder for sources.json and the keys"
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--slow", type=float, default=3.0, help="seconds that a slow department takes")
    parser.add_argument(
        "--behave", action="append", default=[], metavar="SOURCE=HOW", help=", ".join(BEHAVIOURS)
    )
    arguments = parser.parse_args()
    facts = json.loads(arguments.facts.read_text(encoding="utf-8"))
    server = Departments(facts, new_keys(), arguments.port, arguments.slow)
    server.behaviour = dict(one.split("=", 1) for one in arguments.behave)
    file = server.write_connections(arguments.connections)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(file, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
