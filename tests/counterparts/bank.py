"""A bank that speaks MZ-HTTP-1 (docs/money.md) and misbehaves on demand: the other side in tests, never in the product.

    with Bank("secret") as bank:
        bank.misbehave(put="accept and hang up")
        …
        bank.paid        # reference → how often money really left, in whole fen

It shares no code with the program on purpose: a wrong format would otherwise agree with itself.
Alone: `python -m tests.counterparts.bank --port 8099 --key secret`.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# How a delivery, an enquiry and a return file can go wrong.
PUT = ("accept and hang up", "accept then 500", "late", "hang up", "500", "refuse", "garbage", "unsigned 404")
GET = ("unknown", "hang up", "late", "500", "unsigned 404", "garbage", "other file")
RETURN = ("swap rows", "pay twice", "wrong amount", "truncate", "not yet", "hang up")


class Bank:
    """`late` seconds is how long it keeps a caller waiting when it is slow; `fails`: account → result
    code, always; `fails_once`: the next time only. `roots`: PEM file of the authorities whose seals it trusts; with it,
    no file is taken without a good one."""

    def __init__(self, key: str, *, late: float = 1.0, roots: Path | None = None) -> None:
        self.key, self.late, self.roots = key, late, roots
        self.fails: dict[str, str] = {}
        self.fails_once: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.paid: dict[str, list[int]] = defaultdict(list)
        self.results: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        self.moved: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.asked: list[tuple[str, str]] = []
        self.manners: dict[str, str] = {}
        self.once: dict[str, str] = {}
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Bank:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def misbehave(self, **manners: str) -> None:
        """`put`, `get`, `answer`: one of the lists above, until told otherwise (`once`: the next time only)."""
        self.manners = manners

    def take(self, key: str, body: bytes) -> tuple[int, dict[str, str]]:
        """Accept a file once; the same again is known, another body under the key is a conflict."""
        sha256 = hashlib.sha256(body).hexdigest()
        with self.lock:
            known = self.files.get(key)
            if known is not None and known != body:
                return 409, {"state": "conflict"}
            if known is None:
                self.pay(key, body)
        return (200 if known is not None else 201), {"state": "accepted", "sha256": sha256}

    def pay(self, key: str, body: bytes) -> None:
        """Move the money of one file, whatever was paid before; what could not be paid is kept for the answer."""
        rows = [row.split("|") for row in body.decode().splitlines()]
        month = rows[0][5]
        self.files[key] = body
        for row in rows[1:-1]:
            reference, account, fen = row[2], row[6], round(float(row[7]) * 100)
            code = self.fails_once.pop(account, "") or self.fails.get(account, "00")
            self.results[key].append((reference, fen, code))
            if code == "00":
                self.paid[reference].append(fen)
                self.moved[month][account].append(fen)

    def paid_to(self, month: str) -> dict[str, tuple[int, ...]]:
        """Account → the payments that reached it in a month (YYYYMM), in fen."""
        return {account: tuple(moves) for account, moves in self.moved[month].items()}

    def return_file(self, key: str) -> bytes:
        """The answer to one file (MZ-YKT-R1), spoiled as told."""
        manner = self.manners.get("answer", "")
        rows = [[reference, f"{fen / 100:.2f}", code] for reference, fen, code in self.results[key]]
        if manner == "swap rows" and len(rows) > 1:
            rows[0][0], rows[1][0] = rows[1][0], rows[0][0]
        if manner == "pay twice":
            rows.append(list(rows[0]))
        if manner == "wrong amount":
            rows[0][1] = f"{float(rows[0][1]) + 0.01:.2f}"
        total = sum(round(float(amount) * 100) for _, amount, _ in rows)
        batch = key.rpartition(".")[0]
        lines = [f"R|MZ-YKT-R1|{batch}", *(f"D|{'|'.join(row)}|" for row in rows)]
        content = "\r\n".join([*lines, f"T|{len(rows)}|{total / 100:.2f}", ""]).encode()
        return content[: len(content) * 2 // 3] if manner == "truncate" else content


def is_sealed(body: bytes, seal: str | None, roots: Path) -> bool:
    """Whether a detached CMS signature (DER in base64) over the body holds, by OpenSSL and not by our own program."""
    with tempfile.TemporaryDirectory() as folder:
        file, beside = Path(folder) / "file", Path(folder) / "file.p7s"
        file.write_bytes(body)
        beside.write_bytes(base64.b64decode(seal or ""))
        command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", beside, "-content", file]
        trust = ["-CAfile", roots, "-purpose", "any", "-out", "/dev/null"]
        return subprocess.run([*command, *trust], capture_output=True).returncode == 0


def _handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            manner = self.begin("put", body)
            if manner in ("hang up", "refused"):
                return self.hang_up()
            if manner == "500":
                return self.say(500, {"state": "error"})
            if manner == "refuse":
                return self.say(422, {"state": "refused", "reason": "批次金额超过当日限额"})
            if manner == "unsigned 404":
                return self.say(404, {"state": "absent"}, signed=False)
            if bank.roots and not is_sealed(body, self.headers["X-Minzheng-Seal"], bank.roots):
                return self.say(422, {"state": "refused", "reason": "印章无效"})
            status, said = bank.take(self.headers["Idempotency-Key"], body)
            if manner == "accept and hang up":
                return self.hang_up()
            if manner == "late":
                time.sleep(bank.late)
            if manner == "garbage":
                return self.send(status, b"<html>OK</html>")
            return self.say(500, said) if manner == "accept then 500" else self.say(status, said)

        def do_GET(self) -> None:
            manner = self.begin("get", b"")
            key, _, suffix = self.path.rpartition("/instructions/")[2].partition("/")
            if suffix == "return":
                return self.answer(key)
            if manner == "hang up":
                return self.hang_up()
            if manner == "late":
                time.sleep(bank.late)
            if manner in ("500", "unknown", "garbage"):
                said = {"unknown": b'{"state": "unknown"}', "garbage": b"<html>", "500": b"{}"}[manner]
                return self.send(500 if manner == "500" else 200, said)
            body = bank.files.get(key)
            if body is None or manner == "unsigned 404":
                return self.say(404, {"state": "absent"}, signed=manner != "unsigned 404")
            body = body + b" " if manner == "other file" else body
            return self.say(200, {"state": "accepted", "sha256": hashlib.sha256(body).hexdigest()})

        def answer(self, key: str) -> None:
            manner = bank.manners.get("answer", "")
            if key not in bank.files or manner == "not yet":
                return self.say(404, {"state": "waiting"})
            if manner == "hang up":
                return self.hang_up()
            return self.send(200, bank.return_file(key))

        def begin(self, kind: str, body: bytes) -> str:
            """Check who is calling; keep what was asked."""
            parts = [
                self.command,
                self.path,
                self.headers["X-Minzheng-Time"],
                hashlib.sha256(body).hexdigest(),
            ]
            with bank.lock:
                bank.asked.append((self.command, self.path))
            if not hmac.compare_digest(self.sign(parts), self.headers["X-Minzheng-Signature"]):
                return "refused"
            return bank.once.pop(kind, "") or bank.manners.get(kind, "")

        def sign(self, parts: list[str]) -> str:
            return hmac.new(bank.key.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()

        def say(self, status: int, said: dict[str, str], *, signed: bool = True) -> None:
            self.send(status, json.dumps(said, ensure_ascii=False).encode(), signed=signed)

        def send(self, status: int, content: bytes, *, signed: bool = True) -> None:
            when, digest = self.headers["X-Minzheng-Time"], hashlib.sha256(content).hexdigest()
            self.send_response(status)
            if signed:
                signature = self.sign([self.command, self.path, when, str(status), digest])
                self.send_header("X-Minzheng-Signature", signature)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def hang_up(self) -> None:
            self.close_connection = True
            self.connection.close()

        def log_message(self, *_: object) -> None:
            """Quiet: what was asked is in `bank.asked`."""

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--key", default="secret")
    arguments = parser.parse_args()
    bank = Bank(arguments.key)
    bank.server.server_close()
    bank.server = ThreadingHTTPServer(("127.0.0.1", arguments.port), _handler(bank))
    print(f"{bank.url}")
    bank.server.serve_forever()


if __name__ == "__main__":
    main()
