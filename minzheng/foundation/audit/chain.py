"""What a sound chain is. Needs neither Django nor a database, so that anyone may check an export anywhere.

A chain is read as lines of bytes, one entry each, and held against signed heads (heads.py):

    {"hash":"<64 hex digits>","entry":<the entry's text, as audit_text() of chain.sql gives it>}

The hash is SHA-256 of the previous line's hash (32 bytes; zeros before entry 1) and the bytes of the text. An
export ends with a line `{"head":…}`: the head that was signed when it was made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from minzheng.foundation.audit.heads import Head, Heads

BEFORE_HASH, BEFORE_TEXT, BEFORE_HEAD = b'{"hash":"', b'","entry":', b'{"head":'
HASH_ENDS = len(BEFORE_HASH) + 64
TEXT_BEGINS = HASH_ENDS + len(BEFORE_TEXT)
ORIGIN = bytes(32)
SEQ = re.compile(rb'\{"seq" : ([0-9]+), ')


class Broken(Exception):
    """The chain does not hold. `seq` is the first bad place; the text says in Chinese what is wrong there."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"第 {seq} 条：{what}")
        self.seq = seq


@dataclass(frozen=True)
class Sound:
    """A chain that holds: entries `first` to `last`, `hash` of the last, how many heads agreed, the newest agreeing."""

    first: int
    last: int
    hash: bytes
    agreed: int
    signed: Head | None

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def line_of(text: bytes, hash: bytes) -> bytes:
    return b'{"hash":"%b","entry":%b}\n' % (hash.hex().encode(), text)


def last_line(head: Head) -> bytes:
    return BEFORE_HEAD + head.as_json().encode() + b"}\n"


def check(lines: Iterable[bytes], heads: Heads) -> Sound:
    """Check the lines of the living chain: it must reach every head that was ever signed. Raises Broken."""
    walk = _Walk(heads)
    for line in lines:
        walk.step(line)
    if heads.last > walk.seq:
        raise Broken(walk.seq + 1, f"缺失。签名锚点证明至少有 {heads.last} 条，链在此中断（尾部被截去）。")
    return walk.sound()


def check_export(lines: Iterable[bytes], heads: Heads) -> Sound:
    """Check an export: complete up to the head that was signed when it was made. Raises Broken."""
    walk, head = _Walk(heads), None
    for line in lines:
        if head is not None:
            raise Broken(walk.seq + 1, "文件在结尾签名之后还有内容。")
        if line.startswith(BEFORE_HEAD):
            head = heads.read(line[len(BEFORE_HEAD) : -2])
            if head is None or head.kind != "export" or line != last_line(head):
                raise Broken(walk.seq + 1, "文件结尾的签名无效。")
        else:
            walk.step(line)
    if head is None:
        raise Broken(walk.seq + 1, "文件没有结尾签名，尾部被截去。")
    if head.seq != walk.seq:
        raise Broken(
            min(head.seq, walk.seq) + 1,
            f"结尾签名写明共 {head.seq} 条，与文件不符；第 {walk.unproven} 条以后都可能被动过。",
        )
    walk.agree(head)
    return walk.sound()


class _Walk:
    """One pass along the chain, in constant memory."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        self.first: int | None = None
        self.seq, self.hash = 0, ORIGIN
        self.agreed = 0
        self.signed: Head | None = None

    def step(self, line: bytes) -> None:
        """Take one line further, or raise Broken."""
        text = line[TEXT_BEGINS:-2]
        if self.first is None:
            self._begin(text)
        seq = self.seq + 1
        if not text.startswith(b'{"seq" : %d, ' % seq):
            raise Broken(seq, _what_stands_there(text))
        hash = hashlib.sha256(self.hash + text).digest()
        if line != line_of(text, hash):
            raise Broken(seq, "内容或链值被改动。")
        self.seq, self.hash = seq, hash
        for head in self.heads.at.get(seq, ()):
            self.agree(head)

    def agree(self, head: Head) -> None:
        """Hold the present place against a head that was signed there."""
        if head.hash != self.hash:
            raise Broken(self.unproven, f"到第 {self.seq} 条之间被整段改写，与 {head.at} 的签名不符。")
        self.agreed, self.signed = self.agreed + 1, head

    @property
    def unproven(self) -> int:
        """The first place that no head has confirmed yet."""
        return self.signed.seq + 1 if self.signed else self.first or 1

    def _begin(self, text: bytes) -> None:
        """A chain begins at entry 1, or right after what was retired under a signature."""
        found = SEQ.match(text)
        retired = self.heads.retired.get(int(found[1]) - 1) if found else None
        if retired:
            self.seq, self.hash = retired.seq, retired.hash
        self.first = self.seq + 1

    def sound(self) -> Sound:
        return Sound(self.first or 1, self.seq, self.hash, self.agreed, self.signed)


def _what_stands_there(text: bytes) -> str:
    if text == b"null":
        return "记录已被删除。"
    found = SEQ.match(text)
    return f"缺失或次序不对，此处是第 {int(found[1])} 条。" if found else "内容无法识别。"
