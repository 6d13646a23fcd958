"""Signed as Standard Webhooks says: HMAC-SHA256 over identifier, time and body, so that a receiver can trust all three."""

from __future__ import annotations

import base64
import hashlib
import hmac


def signature(secret: str, identifier: str, timestamp: int, body: bytes) -> str:
    """Value of the header `webhook-signature`."""
    signed = b".".join((identifier.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
