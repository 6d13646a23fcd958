"""The file of keys, outside the database, so that a copy of the database alone opens nothing.

    {"current": 2, "index": {"suite": "aes-gcm", "key": "…"},
     "keys": {"1": {"suite": "aes-gcm", "key": "…", "made": "2026-11-22"}, "2": {…}}}

Keys are 32 bytes in hex. `current` seals; every other still opens what it sealed. `index` finds values without
opening them. While it is being replaced (reindex.py) there are also `next` and `stage`, and `side` says on which side of
the SQL function `blind` the index is. `marks`, once there, is the first index key: what was marked with it once
(fingerprints of requests) is never marked anew.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from minzheng.foundation.crypto.blind import BOTH, INDEX, SIDE_B, other
from minzheng.foundation.crypto.suites import SUITES, Keyed, Suite

LAST_KEY = 255  # a key's number is one byte of every ciphertext


class KeysMissing(RuntimeError):
    """No keys, or others than those that sealed the data. Nothing is guessed and nothing is made anew."""


class Stage(enum.StrEnum):
    """How far a new index key is (reindex.py)."""

    ONE = ""  # none is coming
    BOTH = "both"
    NEXT = "next"


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
            self._index = _keyed(content["index"])
            self._next = _keyed(content["next"]) if "next" in content else None
            self._marks = _keyed(content.get("marks", content["index"]))
            self.stage, self.side = Stage(content.get("stage", "")), content.get("side", "a")
            self.next_side = other(self.side)
            self.sealing = self.ciphers[self.current]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise KeysMissing("密钥文件的内容不完整。请用备份的密钥文件替换，不要手工改动。") from None
        self.content = content

    def indexes(self, kind: str, value: str) -> list[bytes]:
        """The blind indexes by which a value may be found: equal for equal values of one kind, and telling nothing
        without the key. Two while the index key is being replaced."""
        keys = [self._index] if self._next is None else [self._index, self._next]
        return [key.of(kind.encode(), b"\0", value.encode())[:INDEX] for key in keys]

    def mark(self, kind: str, value: str) -> bytes:
        """The same for the same value for good, whatever becomes of the index key."""
        return self._marks.of(kind.encode(), b"\0", value.encode())[:INDEX]

    def beginning(self, kind: str, value: str) -> bytes:
        """What stands before nonce and ciphertext (blind.py): index or indexes, flags, number of the key."""
        key = bytes((self.current,))
        if not kind:
            return bytes((self.sealing.number,)) + key
        first, *more = self.indexes(kind, value)
        if self.stage == Stage.BOTH:
            a, b = (first, *more) if self.side == "a" else (*more, first)
            return a + bytes((self.sealing.number | BOTH,)) + key + b
        index = more[0] if self.stage == Stage.NEXT else first
        return index + bytes((self.sealing.number | self.flag,)) + key

    @property
    def flag(self) -> int:
        """Of a value with one index: on which side it is."""
        return SIDE_B if (self.next_side if self.stage == Stage.NEXT else self.side) == "b" else 0

    @property
    def next_fingerprint(self) -> str:
        """Of the coming index key; that of the one in use when none is coming."""
        return _fingerprint(self._next or self._index)

    def fingerprints(self) -> dict[int, str]:
        """What the database may know of each key (0: the index key), to notice a wrong file."""
        known = {
            number: _keyed(key)
            for number, key in map(lambda pair: (int(pair[0]), pair[1]), self.content["keys"].items())
        } | {0: self._index}
        return {number: _fingerprint(keyed) for number, keyed in known.items()}


def _fingerprint(key: Keyed) -> str:
    return key.of(b"fingerprint")[:8].hex()


def _keyed(key: dict[str, str]) -> Keyed:
    return Keyed(_secret(key), SUITES[key["suite"]].hash)


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


def add_index_key(path: Path, suite: str) -> None:
    """A coming index key; from now on every value is written with both."""
    if suite not in SUITES:
        raise KeysMissing(f"算法应为 {'、'.join(SUITES)} 之一，不能是“{suite}”。")
    content = _read(path)
    content |= {"next": _new_key(suite), "stage": Stage.BOTH, "marks": content.get("marks", content["index"])}
    _write_beside(path, content).replace(path)


def set_index_stage(path: Path, stage: Stage) -> None:
    _write_beside(path, _read(path) | {"stage": stage}).replace(path)


def drop_old_index_key(path: Path) -> None:
    """The coming index key is the index key."""
    content = _read(path)
    content["side"] = other(content.get("side", "a"))
    content["index"] = content.pop("next")
    del content["stage"]
    _write_beside(path, content).replace(path)


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
