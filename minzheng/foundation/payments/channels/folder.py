"""The outbox folder that the one-card system empties (SFTP or a mounted share).

The hidden file stands there from `prepare` until it is renamed, so that after any crash its presence decides:
still hidden, and nobody can have fetched it; gone, and it was put out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.payments.channels.answers import Answer, Brought, Fate
from minzheng.foundation.payments.envelope import SUFFIX as ENVELOPED
from minzheng.foundation.payments.envelope import bank_certificate, envelope
from minzheng.foundation.payments.instruction import file_name, write_text
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.seal import SUFFIX, seal


class Folder:
    def prepare(self, batch: Batch) -> None:
        """Write the whole file and its seal under hidden names, on the disk for good."""
        hidden, bank = _hidden(batch), bank_certificate()
        hidden.parent.mkdir(parents=True, exist_ok=True)
        if bank is None:
            with hidden.open("w+b") as file:
                write_text(batch, file)
                sealed = seal(batch, file)
                file.flush()
                os.fsync(file.fileno())
        else:
            with unwritten() as plain:
                write_text(batch, plain)
                sealed = seal(batch, plain)
                _write(hidden, envelope(plain, bank))
        _write(_hidden(batch, SUFFIX), [sealed])
        _keep(hidden.parent)

    def put(self, batch: Batch) -> Answer:
        """Show the complete file in one step: a reader sees all of it, its seal beside it, or nothing."""
        hidden, beside = _hidden(batch), _hidden(batch, SUFFIX)
        try:
            if beside.exists():
                os.replace(beside, beside.parent / f"{file_name(batch)}{SUFFIX}")
            os.replace(hidden, hidden.parent / f"{file_name(batch)}{ENVELOPED if bank_certificate() else ''}")
            _keep(hidden.parent)
        except OSError:
            return Answer(Fate.UNKNOWN, "指令文件可能没有写出，请询问后再办")
        return Answer(Fate.TAKEN, "指令文件已写出")

    def enquire(self, batch: Batch) -> Answer:
        if _hidden(batch).exists():
            return Answer(Fate.ABSENT, "指令文件还没有写出，代发机构不可能取走")
        return Answer(Fate.TAKEN, "指令文件已写出")

    def fetch(self, batch: Batch) -> list[Brought]:
        """Files named after the batch in settings.PAYMENT_RETURNS, put there whole by whoever brings them."""
        folder = Path(settings.PAYMENT_RETURNS)
        found = sorted(path for path in folder.glob(f"{batch.number}*") if path.suffix in (".txt", ".xlsx"))
        return [Brought(path.name, path.read_bytes()) for path in found]


def _hidden(batch: Batch, suffix: str = "") -> Path:
    return Path(settings.PAYMENT_OUTBOX) / f".{file_name(batch)}{suffix}.part"


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    with file.open("wb") as out:
        out.writelines(pieces)
        out.flush()
        os.fsync(out.fileno())


def _keep(folder: Path) -> None:
    """A rename survives a power cut only when its folder is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
