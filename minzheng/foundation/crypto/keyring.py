"""The keys: a file outside the database, so that a copy of the database alone opens nothing.

    {"current": 2, "index": {"suite": "aes-gcm", "key": "…"},
     "keys": {"1": {"suite": "aes-gcm", "key": "…", "made": "2026-11-22"}, "2": {…}}}

Keys are 32 bytes in hex. `current` seals; every other still opens what it sealed. `index` finds values without
opening them and stays for good: all indexes would change with it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from minzheng.foundation.crypto.suites import SUITES, Keyed, Suite

INDEX = 16  # bytes
LAST_KEY = 255  # a key's number is one byte of every ciphertext
RENEWED_EVERY = 1.0  # seconds until a running program notices that the file has changed


class KeysMissing(RuntimeError):
    """No keys, or others than those that sealed the data. Nothing is guessed and nothing is made anew."""


class Keyring:
    """The keys of one file, ready for use."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Raises KeysMissing when the content is not that of a key file."""
        try:
            self.current = int(content["current"])
            self.made = {int(number): key["made"] for number, key in content["keys"].items()}
            self.ciphers: dict[int, Suite] = {
                int(number): SUITES[key["suite"]](_secret(key)) for number, key in content["keys"].items()
            }
            index = content["index"]
            secret, algorithm = _secret(index), SUITES[index["suite"]].hash
            self.sealing = self.ciphers[self.current]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise KeysMissing("密钥文件的内容不完整。请用备份的密钥文件替换，不要手工改动。") from None
        self.content = content
        self._index = Keyed(secret, algorithm)

    def index(self, kind: str, value: str) -> bytes:
        """The blind index of a value: equal for equal values of one kind, and telling nothing without the key."""
        return self._index.of(kind.encode(), b"\0", value.encode())[:INDEX]

    def fingerprints(self) -> dict[int, str]:
        """What the database may know of each key (0: the index key), to notice a wrong file."""
        known = {
            number: Keyed(_secret(key), SUITES[key["suite"]].hash)
            for number, key in map(lambda pair: (int(pair[0]), pair[1]), self.content["keys"].items())
        } | {0: self._index}
        return {number: keyed.of(b"fingerprint")[:8].hex() for number, keyed in known.items()}


def _secret(key: dict[str, str]) -> bytes:
    secret = bytes.fromhex(key["key"])
    if len(secret) != 32:
        raise ValueError
    return secret


def _new_key(suite: str) -> dict[str, str]:
    return {"suite": suite, "key": secrets.token_hex(32), "made": dt.date.today().isoformat()}


def make_keys(path: Path, suite: str) -> None:
    """Write a new key file unless there is one: whoever comes second uses the first's."""
    if suite not in SUITES:
        raise KeysMissing(f"MINZHENG_CIPHER 应为 {'、'.join(SUITES)} 之一，不能是“{suite}”。")
    content = {"current": 1, "index": _new_key(suite), "keys": {"1": _new_key(suite)}}
    made = _write_beside(path, content)
    try:
        os.link(made, path)
    except FileExistsError:
        return
    finally:
        made.unlink()


def add_key(path: Path, suite: str) -> int:
    """A new current key; what older ones sealed stays readable. Returns its number."""
    if suite not in SUITES:
        raise KeysMissing(f"算法应为 {'、'.join(SUITES)} 之一，不能是“{suite}”。")
    content = _read(path)
    number = max(int(one) for one in content["keys"]) + 1
    if number > LAST_KEY:
        raise KeysMissing(f"密钥编号已用到 {LAST_KEY}，不能再增加。请联系软件的维护者。")
    content["keys"][str(number)] = _new_key(suite)
    content["current"] = number
    _write_beside(path, content).replace(path)
    return number


def _write_beside(path: Path, content: dict[str, Any]) -> Path:
    """The content in a file of the same folder that only its owner may read (mkstemp makes it 0600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text())  # type: ignore[no-any-return]
    except OSError:
        raise KeysMissing(
            f"读不到密钥文件 {path}。请把备份的密钥文件放回原处，或用 MINZHENG_KEYS 指明它在哪里。"
        ) from None
    except ValueError:
        raise KeysMissing(f"密钥文件 {path} 已损坏。请用备份的密钥文件替换。") from None


def load(path: Path) -> Keyring:
    """Raises KeysMissing when there is no usable file."""
    return Keyring(_read(path))


def key_file() -> Path:
    """Where the keys are; to be backed up, and never beside the database."""
    return Path(settings.KEYS)


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
        from minzheng.foundation.crypto.known import refuse_other_keys

        ring = load(path)
        refuse_other_keys(ring)
    else:
        ring = held.ring
    _held = _Held(settings.KEYS, changed, now + RENEWED_EVERY, ring)
    return ring
