"""Signed heads: proof, kept outside the database, that the chain once had this hash at this place.

Needs neither Django nor a database. A folder of heads holds `heads.jsonl`, to which lines are only ever added, and
one `<key>.pub` (PEM) for each key that signed. Keep a copy where the administrators of the database cannot write.
"""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import hashlib
import json
import os
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE = "heads.jsonl"
# head: taken regularly; export: ends an export; retired: everything up to here may be gone from the database;
# restored: the database was brought back from a backup that ends here, and what earlier heads saw after it is lost.
KINDS = ("head", "export", "retired", "restored")


class BadHeads(Exception):
    """The folder of heads cannot be trusted; the text says in Chinese why and what to do."""


@dataclass(frozen=True)
class Head:
    """Entry `seq` of the chain had this hash at this time (ISO, UTC). Signed with Ed25519 by `key`."""

    kind: str
    seq: int
    hash: bytes
    at: str
    key: str
    signature: bytes = b""

    def signed_text(self) -> bytes:
        """What is signed: the kind is part of it, so that a regular head cannot pass as the end of an export."""
        return f"minzheng audit {self.kind}\n{self.seq}\n{self.hash.hex()}\n{self.at}\n{self.key}".encode()

    def as_json(self) -> str:
        values = asdict(self) | {
            "hash": self.hash.hex(),
            "signature": base64.b64encode(self.signature).decode(),
        }
        return json.dumps(values, separators=(",", ":"))


@dataclass
class Heads:
    """All heads of a folder, each with a valid signature."""

    keys: dict[str, Ed25519PublicKey] = field(default_factory=dict)
    at: dict[int, list[Head]] = field(default_factory=lambda: defaultdict(list))
    retired: dict[int, Head] = field(default_factory=dict)
    last: int = 0
    lost: list[tuple[Head, int]] = field(
        default_factory=list
    )  # (restored head, the last place that was lost by it)

    def read(self, line: bytes) -> Head | None:
        """The head that this line of JSON states, if a known key signed it."""
        try:
            values = json.loads(line)
            values["hash"] = bytes.fromhex(values["hash"])
            values["signature"] = base64.b64decode(values["signature"], validate=True)
            head = Head(**values)
            self.keys[head.key].verify(head.signature, head.signed_text())
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
            return None
        return head if head.kind in KINDS else None

    def add(self, head: Head) -> None:
        if head.kind == "restored" and self.last > head.seq:
            self.lost.append((head, self.last))
            for seq in [seq for seq in self.at if seq > head.seq]:
                del self.at[seq]
            self.last = head.seq
        self.at[head.seq].append(head)
        self.last = max(self.last, head.seq)
        if head.kind == "retired":
            self.retired[head.seq] = head


def read_heads(folder: Path, key: str | None = None) -> Heads:
    """Every head of the folder, signed by any public key in it or by the one with this fingerprint.

    An empty or missing folder has none. Raises BadHeads at the first line that is not properly signed.
    """
    heads = Heads({file.stem: _public_key(file) for file in sorted(folder.glob(f"{key or '*'}.pub"))})
    file = folder / FILE
    for number, line in enumerate(file.read_bytes().splitlines() if file.exists() else (), 1):
        head = heads.read(line)
        if head is None:
            raise BadHeads(f"锚点文件 {FILE} 第 {number} 行签名无效，请改用另行保存的副本核验。")
        heads.add(head)
    return heads


def sign(kind: str, seq: int, hash: bytes, key: Ed25519PrivateKey) -> Head:
    """A head of the present moment."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    bare = Head(kind, seq, hash, now, fingerprint(key.public_key()))
    return replace(bare, signature=key.sign(bare.signed_text()))


def append(folder: Path, head: Head) -> None:
    """Add a head to the folder's file, on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(head.as_json() + "\n")
        file.flush()
        os.fsync(file.fileno())


def private_key(file: Path) -> Ed25519PrivateKey:
    """The signing key in this PEM file, which is made at first use, readable by its owner only."""
    if not file.exists():
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(made)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadHeads(f"{file.name} 不是 Ed25519 私钥，请检查 MINZHENG_AUDIT_KEY。")
    return key


def publish(folder: Path, key: Ed25519PublicKey) -> None:
    """Lay the public key beside the heads that it proves."""
    folder.mkdir(parents=True, exist_ok=True)
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{fingerprint(key)}.pub").write_bytes(pem)


def fingerprint(key: Ed25519PublicKey) -> str:
    """32 hex digits that people can compare with a note on paper."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:32]


def _public_key(file: Path) -> Ed25519PublicKey:
    key = serialization.load_pem_public_key(file.read_bytes())
    if not isinstance(key, Ed25519PublicKey) or fingerprint(key) != file.stem:
        raise BadHeads(f"公钥 {file.name} 与文件名中的指纹不符，请改用另行保存的副本核验。")
    return key
