"""A virus scanner beside the system, where one is configured: clamd's INSTREAM (`man clamd`).

Over a socket: `zINSTREAM` NUL, pieces each led by their length (4 bytes, big endian), a length of 0; the answer is
`stream: OK`, `stream: NAME FOUND` or `… ERROR`, ended by NUL. A scanner that is configured and does not answer is no
permission: the upload is refused for now, and nothing that was filled in is lost.
"""

from __future__ import annotations

import logging
import socket
import struct

from django.conf import settings

log = logging.getLogger(__name__)

PIECE = 64 * 1024
FOUND = "这个文件带有病毒，没有保存。请用杀毒软件检查您的手机或电脑，再换一个干净的文件上传。"
SILENT = "病毒检查暂时没有完成，文件没有保存。请过几分钟再传；您填写的其他内容都还在。"


def problem_in(content: bytes) -> str:
    """What to tell the user about a file, "" when it is clean or no scanner is configured (MINZHENG_SCANNER)."""
    if not settings.SCANNER:
        return ""
    try:
        said = _ask(content)
    except OSError as error:
        said = type(error).__name__
    if said == "stream: OK":
        return ""
    log.warning("scanner: %s", said[:80])
    return FOUND if said.endswith(" FOUND") else SILENT


def _ask(content: bytes) -> str:
    with _line() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _line() -> socket.socket:
    """`host:port`, or the path of a socket file."""
    if "/" in settings.SCANNER:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(settings.SCANNER_SECONDS)
        line.connect(settings.SCANNER)
        return line
    host, _, port = settings.SCANNER.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=settings.SCANNER_SECONDS)
