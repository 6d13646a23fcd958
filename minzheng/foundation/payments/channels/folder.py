"""The outbox folder that the one-card system empties (SFTP or a mounted share).

The hidden file stands there from `prepare` until it is renamed, so that after any crash its presence decides:
still hidden, and nobody can have fetched it; gone, and it was put out.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from minzheng.foundation.payments.channels.answers import Answer, Fate
from minzheng.foundation.payments.instruction import file_name, write_text
from minzheng.foundation.payments.models import Batch


class Folder:
    def prepare(self, batch: Batch) -> None:
        """Write the whole file under a hidden name, on the disk for good."""
        hidden = _hidden(batch)
        hidden.parent.mkdir(parents=True, exist_ok=True)
        with hidden.open("wb") as file:
            write_text(batch, file)
            file.flush()
            os.fsync(file.fileno())
        _keep(hidden.parent)

    def put(self, batch: Batch) -> Answer:
        """Show the complete file in one step: a reader sees all of it or nothing."""
        hidden = _hidden(batch)
        try:
            os.replace(hidden, hidden.parent / file_name(batch))
            _keep(hidden.parent)
        except OSError:
            return Answer(Fate.UNKNOWN, "指令文件可能没有写出，请询问后再办")
        return Answer(Fate.TAKEN, "指令文件已写出")

    def enquire(self, batch: Batch) -> Answer:
        if _hidden(batch).exists():
            return Answer(Fate.ABSENT, "指令文件还没有写出，代发机构不可能取走")
        return Answer(Fate.TAKEN, "指令文件已写出")

    def fetch(self, batch: Batch) -> bytes | None:
        """Return files are brought by people here."""
        return None


def _hidden(batch: Batch) -> Path:
    return Path(settings.PAYMENT_OUTBOX) / f".{file_name(batch)}.part"


def _keep(folder: Path) -> None:
    """A rename survives a power cut only when its folder is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
