"""The keys in use: those of the file (keyfile.py), looked at anew when it has changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from minzheng.foundation.crypto.keyfile import Keyring, key_file, load
from minzheng.foundation.crypto.known import refuse_other_keys

RENEWED_EVERY = 1.0  # seconds until a running program notices that the file has changed


@dataclass
class _Held:
    """The keys in use: of which file, as of which change of it, and until when that is taken for granted."""

    path: Path
    changed: int
    until: float
    ring: Keyring


_held: _Held | None = None


def keyring(*, fresh: bool = False) -> Keyring:
    """The keys of this installation. `fresh` looks at the file even if it was looked at a moment ago.

    Raises KeysMissing also when the file's keys are not those that the database knows. Asked for every value that is
    read or written: a tenth of a microsecond.
    """
    global _held
    held, now = _held, time.monotonic()
    if held is not None and now < held.until and not fresh and held.path is settings.KEYS:
        return held.ring
    path = key_file()
    changed = path.stat().st_mtime_ns if path.exists() else 0
    if held is None or held.path != path or held.changed != changed:
        ring = load(path)
        refuse_other_keys(ring)
    else:
        ring = held.ring
    _held = _Held(settings.KEYS, changed, now + RENEWED_EVERY, ring)
    return ring
