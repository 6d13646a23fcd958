"""The instruction file to the one-card system (财政一卡通, S-017), as text and as xlsx; formats in docs/money.md.

Both are written from frozen lines only, so writing again gives the same text to the byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from openpyxl.cell import WriteOnlyCell

from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments.models import Batch, PaymentLine
from minzheng.foundation.registers.excel.sheets import new_book

VERSION = "MZ-YKT-1"
PIECE = 1024 * 1024
COLUMNS = ("序号", "业务编号", "户名", "公民身份号码", "开户银行", "银行账号", "金额（元）", "摘要")
Line = tuple[
    int, str, str, str, str, int
]  # sequence, name, identity number or organisation's code, bank, account, fen
_BREAKS = str.maketrans({"|": " ", "\r": " ", "\n": " ", "\t": " "})


def file_name(batch: Batch, suffix: str = "txt") -> str:
    return f"{batch.number}.{suffix}"


def write_text(batch: Batch, target: IO[bytes]) -> None:
    """The text file of a batch that was sent. Raises ValueError when it would not be the file that was sent."""
    digest = hashlib.sha256()
    for piece in _spooled(batch) or _text(batch):
        digest.update(piece)
        target.write(piece)
    if digest.hexdigest() != batch.file_sha256:
        raise ValueError(f"{batch.number}: 明细与送出时不一致")


def spool(batch: Batch) -> str:
    """SHA-256 (hex) of the whole text file. The text is kept with this object, in memory outside Python's, so
    that a million numbers are opened once and not again for the delivery that follows."""
    digest = hashlib.sha256()
    file = unwritten()
    for row in _text(batch):
        digest.update(row)
        file.write(row)
    batch.spool = file
    return digest.hexdigest()


def _spooled(batch: Batch) -> Iterator[bytes] | None:
    if batch.spool is None:
        return None
    batch.spool.seek(0)
    return iter(partial(batch.spool.read, PIECE), b"")


def _text(batch: Batch) -> Iterator[bytes]:
    """Header, one row a payment, and a trailer with the control totals and the hash of all rows before it."""
    digest = hashlib.sha256()
    head = ["H", VERSION, batch.number, batch.county_id, batch.benefit, f"{batch.month:%Y%m}"]
    yield _row([*head, str(batch.payable_count), yuan(batch.payable_fen)], digest)
    summary = _summary(batch)
    for line in _lines(batch):
        yield _row(["D", *_cells(line, batch, summary)], digest)
    yield _row(["T", str(batch.payable_count), yuan(batch.payable_fen), digest.hexdigest()], digest)


def _row(cells: list[str], digest: hashlib._Hash) -> bytes:
    row = ("|".join(cell.translate(_BREAKS) for cell in cells) + "\r\n").encode()
    digest.update(row)
    return row


def _cells(line: Line, batch: Batch, summary: str) -> list[str]:
    sequence, account_name, id_no, bank_name, account_no, amount_fen = line
    reference = f"{batch.number}-{sequence:07d}"
    account = [account_name, id_no, bank_name, account_no]
    return [str(sequence), reference, *account, yuan(amount_fen), summary]


def _summary(batch: Batch) -> str:
    return f"{benefit(batch.benefit).title}{batch.month:%Y年%m月}"


def _lines(batch: Batch) -> Iterator[Line]:
    """What was not held at the freeze, whatever became of it since; streamed, as a million would not fit in memory."""
    in_file = PaymentLine.objects.filter(batch=batch, held_reason="").order_by("sequence")
    columns = ("sequence", "account_name", "id_no", "bank_name", "account_no", "amount_fen")
    own = ("organisation__uscc", "organisation_account")
    for *line, uscc, account in in_file.values_list(*columns, *own).iterator(chunk_size=5000):
        sequence, name, id_no, bank, account_no, fen = line
        yield (sequence, name, uscc or id_no, bank, account or account_no, fen)


def write_xlsx(batch: Batch, target: Path | IO[bytes]) -> None:
    """The same rows for offices that work with tables; every cell is text, so Excel changes no account number."""
    with new_book() as book:
        sheet = book.create_sheet("代发明细")
        sheet.append(COLUMNS)
        summary = _summary(batch)
        for line in _lines(batch):
            cells = []
            for value in _cells(line, batch, summary):
                cell = WriteOnlyCell(sheet, value)
                # A name that begins with = must stay a name.
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
        totals = book.create_sheet("控制合计")
        for name, value in (
            ("格式版本", VERSION),
            ("批次号", batch.number),
            ("笔数", str(batch.payable_count)),
            ("金额（元）", yuan(batch.payable_fen)),
            ("文本文件校验值 SHA-256", batch.file_sha256),
        ):
            totals.append([name, value])
        book.save(target)
