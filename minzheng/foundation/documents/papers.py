"""A PDF as evidence is paper: nothing in it runs, opens, sends or hides another file."""

from __future__ import annotations

import re
import zlib

ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Encrypt)(?![A-Za-z0-9])"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# The type of a packed object stream, however its letters are written: /ObjStm, /Obj#53tm, …
PACKED = re.compile(b"/" + b"".join(b"(?:%c|#%02X|#%02x)" % (one, one, one) for one in b"ObjStm"))
BEGINS = re.compile(rb"stream\r?\n")
MOST_BETWEEN = 2000  # bytes of its dictionary that may follow the type
MOST_INFLATED = 20 * 1024 * 1024  # all object streams of one paper together
ZIP_END, TAIL = b"PK\x05\x06", 70_000


def problem_of(content: bytes) -> str:
    """Why this PDF cannot be taken, and what to do; "" when it is plain paper.

    Names are looked for in the file as it lies and in its packed object streams, where a reader would find them.
    """
    if ZIP_END in content[-TAIL:] or b"<script" in content[:1024].lower():
        return "这个 PDF 里还藏着别的文件，为安全起见不能收。请重新扫描或拍照上传。"
    found, left = ACTIVE.search(_plain(content)), MOST_INFLATED
    for packed in PACKED.finditer(content):
        if found:
            break
        inside = _inflated(content, packed.end(), left + 1)
        if inside is None:
            return "这个 PDF 读不出来，可能已损坏。请重新扫描或拍照上传。"
        left -= len(inside)
        if left < 0:
            return "这个 PDF 展开后太大，无法检查。请重新扫描或拍照上传。"
        found = ACTIVE.search(_plain(inside))
    if found and found[1] == b"Encrypt":
        return "这个 PDF 加了密码或限制，无法检查。请去掉密码后另存，或拍照上传。"
    if found:
        return "这个 PDF 带有脚本、附件或自动操作，为安全起见不能收。请打印后扫描，或拍照上传。"
    return ""


def _inflated(content: bytes, place: int, most: int) -> bytes | None:
    """The object stream whose dictionary goes on at `place`, no more than `most` bytes; None if it cannot be read."""
    begins = BEGINS.search(content, place, place + MOST_BETWEEN)
    if begins is None or b"/Predictor" in content[place : begins.start()]:
        return None
    unpacker = zlib.decompressobj()
    try:
        inside = unpacker.decompress(content[begins.end() : content.find(b"endstream", begins.end())], most)
    except zlib.error:
        return None
    return inside if unpacker.eof or len(inside) >= most else None


def _plain(content: bytes) -> bytes:
    """A name may be written with #4a for J; a reader takes both for the same."""
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content) if b"#" in content else content
