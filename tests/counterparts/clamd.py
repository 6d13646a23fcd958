"""A virus scanner as clamd answers INSTREAM, which misbehaves as it is told (`man clamd`)."""

from __future__ import annotations

import socketserver
import struct
import threading
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BEHAVIOURS = ("judges", "errs", "hangs_up", "silent", "garbage")


class Clamd:
    """`with Clamd() as scanner`: `scanner.address` for MINZHENG_SCANNER; `behaviour` may change meanwhile."""

    def __init__(self) -> None:
        self.behaviour = "judges"
        self.seen: list[bytes] = []
        self.done = threading.Event()

    def __enter__(self) -> Clamd:
        scanner = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                scanner._handle(self.request)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        return self

    def __exit__(self, *error: Any) -> None:
        self.done.set()
        self.server.shutdown()
        self.server.server_close()

    def _handle(self, line: Any) -> None:
        if self.behaviour == "hangs_up":
            return
        if _exactly(line, 10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!L", _exactly(line, 4))[0]:
            content += _exactly(line, size)
        self.seen.append(content)
        if self.behaviour == "silent":
            self.done.wait(5)
            return
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        said = {"errs": b"INSTREAM size limit exceeded. ERROR\0", "garbage": b"\xff\xfe"}
        line.sendall(said.get(self.behaviour, found))


def _exactly(line: Any, size: int) -> bytes:
    read = b""
    while len(read) < size:
        piece = line.recv(size - len(read))
        if not piece:
            raise ConnectionError
        read += piece
    return read
