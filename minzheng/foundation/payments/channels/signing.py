"""Signatures of the HTTP channel, both ways (docs/money.md, MZ-HTTP-1)."""

from __future__ import annotations

import hashlib
import hmac

SIGNATURE, TIME, KEY = "X-Minzheng-Signature", "X-Minzheng-Time", "Idempotency-Key"
SEAL = "X-Minzheng-Seal"  # the detached CMS signature over the file, in base64


def sign(secret: str, *parts: str, body_sha256: str) -> str:
    """HMAC-SHA256 (hex) over the parts and the body's SHA-256, each on a line of its own."""
    text = "\n".join([*parts, body_sha256])
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_signed(given: str, secret: str, *parts: str, body: bytes) -> bool:
    expected = sign(secret, *parts, body_sha256=hashlib.sha256(body).hexdigest())
    return hmac.compare_digest(given, expected)
