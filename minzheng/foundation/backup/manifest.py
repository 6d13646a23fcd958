"""The list of a backup: every file with its SHA-256, what the database held, which keys open it; signed.

A folder `minzheng-20261122T041500Z` holds `manifest.json`, `manifest.sig` and the files that the list names. It gets
that name only when it is complete.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature

from minzheng.foundation.audit import heads
from minzheng.foundation.backup.sealed import Damaged

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NAME, SIGNATURE = "manifest.json", "manifest.sig"
DATABASE, MEDIA, ANCHORS = "database.dump", "media", "anchors"
FORM = 1
BLOCK = 1 << 20


@dataclass
class Entry:
    """One file: `path` within the backup, size and SHA-256 as it lies there, and of the original its size and time."""

    path: str
    bytes: int
    sha256: str
    size: int = 0
    changed: int = 0  # nanoseconds; with the size it tells whether a later backup may share this copy


@dataclass
class Manifest:
    """What the backup claims. `tables`: rows by table; `month`, `proof`: `minzheng prove` of it, in whole fen."""

    at: str  # ISO, UTC: the moment of the snapshot
    version: str
    migrations: dict[str, list[str]]
    tables: dict[str, int]
    chain: int  # last sealed place of the audit trail
    month: str
    proof: list[list[Any]]
    keys: dict[str, dict[str, str]]  # which keys the data needs: name → number → fingerprint
    sealed_by: str  # fingerprint of the key that encrypts the files; "" when they are plain
    files: list[Entry] = field(default_factory=list)
    form: int = FORM

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    @property
    def bytes(self) -> int:
        return sum(entry.bytes for entry in self.files)

    def of(self, folder: str) -> dict[str, Entry]:
        """Files below a folder of the backup, by their name there."""
        return {e.path[len(folder) + 1 :]: e for e in self.files if e.path.startswith(f"{folder}/")}


def write(folder: Path, made: DataclassInstance, key: Any) -> str:
    """Write and sign the list; returns its SHA-256."""
    text = json.dumps(asdict(made), ensure_ascii=False, indent=1).encode()
    signature = {
        "key": heads.fingerprint(key.public_key()),
        "signature": base64.b64encode(key.sign(_signed(text))).decode(),
    }
    (folder / NAME).write_bytes(text)
    (folder / SIGNATURE).write_text(json.dumps(signature))
    return hashlib.sha256(text).hexdigest()


def read(folder: Path, key: str | None = None) -> tuple[Manifest, str]:
    """(The list, its SHA-256), when it is properly signed (by the key of this fingerprint). Raises Damaged."""
    content, digest = signed(folder, key)
    try:
        return Manifest(**content), digest
    except TypeError:
        raise Damaged(f"{folder.name} 不是 minzheng backup 的备份。请指到备份文件夹本身。") from None


def signed(folder: Path, key: str | None = None) -> tuple[dict[str, Any], str]:
    """(What the list says, its SHA-256), when it is properly signed. Raises Damaged."""
    try:
        text, signature = (folder / NAME).read_bytes(), json.loads((folder / SIGNATURE).read_text())
        keys = heads.read_heads(folder / ANCHORS, key).keys
        keys[signature["key"]].verify(base64.b64decode(signature["signature"]), _signed(text))
        content = json.loads(text)
        content["files"] = [Entry(**entry) for entry in content["files"]]
        if content["form"] != FORM:
            raise Damaged(
                f"备份是第 {content['form']} 版格式，本程序只认第 {FORM} 版。请用做备份时的版本恢复。"
            )
        return content, hashlib.sha256(text).hexdigest()
    except FileNotFoundError as missing:
        raise Damaged(
            f"这里没有完整的备份：缺少 {Path(missing.filename).name}。请指到备份文件夹本身。"
        ) from None
    except heads.BadHeads as bad:
        raise Damaged(f"备份中的 {ANCHORS}/：{bad}") from None
    except (ValueError, KeyError, TypeError, InvalidSignature):
        raise Damaged(f"备份清单 {NAME} 的签名无效：清单被改动，或不是由所指的密钥签名。") from None


def check_files(folder: Path, files: list[Entry]) -> None:
    """Every file is there as it was written, and no other is. Raises Damaged, naming the file."""
    for entry in files:
        file = folder / entry.path
        if not file.is_file():
            raise Damaged(f"备份缺少文件 {entry.path}。请换一份完整的备份。")
        if file.stat().st_size != entry.bytes:
            raise Damaged(
                f"备份中的 {entry.path} 长度不对（{file.stat().st_size}，应为 {entry.bytes}）。请换一份备份。"
            )
        if digest(file) != entry.sha256:
            raise Damaged(f"备份中的 {entry.path} 校验不符，已损坏。请换一份备份。")
    named = {entry.path for entry in files} | {NAME, SIGNATURE}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and path not in named:
            raise Damaged(f"备份中多出文件 {path}，不在清单上。")


def digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def _signed(text: bytes) -> bytes:
    return b"minzheng backup\n" + text
