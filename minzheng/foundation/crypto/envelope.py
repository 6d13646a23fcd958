"""One sealed value: `[16 bytes blind index] suite key nonce(12) ciphertext tag(16)`; with two indexes: blind.py.

It is bound to what it is (`label`: table and column), to its row (`row`: 8 bytes for each key) and to its index:
moved elsewhere, even whole, it does not open.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from minzheng.foundation.crypto.blind import BOTH, INDEX, SUITE
from minzheng.foundation.crypto.keyfile import Keyring
from minzheng.foundation.crypto.suites import NONCE, TAG

HEAD = 2  # suite and key


class Unreadable(RuntimeError):
    """A sealed value that does not open here. Says where, never what."""


class Sealed(bytes):
    """What may be written into an encrypted column."""


def seal(ring: Keyring, plain: str, label: bytes, row: bytes, kind: str = "") -> Sealed:
    """`kind` is that of the blind index; without one the value cannot be searched for."""
    cipher, text = ring.sealing, plain.encode()
    start = ring.beginning(kind, plain)
    bound = start + row + label
    nonce = cipher.nonce(bound, text)
    return Sealed(start + nonce + cipher.encrypt(nonce, text, bound))


def unseal(ring: Keyring, sealed: bytes, label: bytes, row: bytes, kind: str = "") -> str:
    """Raises Unreadable: unknown or wrong key, changed, or moved from another row or column."""
    head = INDEX if kind else 0
    start = head + HEAD
    if kind and len(sealed) > head and sealed[head] & BOTH:
        start += INDEX
    if len(sealed) < start + NONCE + TAG:
        raise Unreadable(f"{label.decode()} 的密文不完整。{WHAT_TO_DO}")
    cipher = ring.ciphers.get(sealed[head + 1])
    if cipher is None or cipher.number != (sealed[head] & SUITE if kind else sealed[head]):
        raise Unreadable(
            f"{label.decode()} 是用第 {sealed[head + 1]} 号密钥加密的，密钥文件里没有这把密钥。{WHAT_TO_DO}"
        )
    try:
        bound = sealed[:start] + row + label
        plain = cipher.decrypt(sealed[start : start + NONCE], sealed[start + NONCE :], bound)
    except InvalidTag:
        raise Unreadable(
            f"{label.decode()} 的密文与所在的行或密钥不符，可能被改动、调换过，或者密钥文件不对。{WHAT_TO_DO}"
        ) from None
    return plain.decode()


def key_of(sealed: bytes, kind: str = "") -> int:
    """The number of the key that sealed it."""
    return sealed[(INDEX if kind else 0) + HEAD - 1]


WHAT_TO_DO = "请管理员核对 MINZHENG_KEYS 指向的密钥文件，并运行 minzheng keys check 查明是哪些行。"
