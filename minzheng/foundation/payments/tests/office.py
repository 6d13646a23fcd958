"""A finance office and its bank: 曾敏 makes, 江涛 checks, the bank answers as told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.tests.making import FAMILY, NURSING, month
from minzheng.foundation.funds import actions as papers
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.models import Batch, LineState, ReturnFile
from minzheng.foundation.payments.prove import prove, prove_cash
from minzheng.foundation.regions.models import Region

COUNTY = "431227000000"


class Office:
    """`office.pay("2026-03")` runs a whole month; the single steps are there too."""

    def __init__(self, access: Callable[..., Access]) -> None:
        self.maker = access("finance")
        self.checker = access("finance2")
        self.county = Region.objects.get(pk=COUNTY)

    def fund(self, amount_fen: int = 10_000_000_000, code: str = NURSING.code) -> None:
        receive("central", code, COUNTY, amount_fen, f"到账-{code}-{amount_fen}")

    def paper(self, kind: str, number: str, fund: str, amount_fen: int, code: str = FAMILY.code) -> None:
        """A paper of this year, registered by the maker and checked by the checker."""
        today = self.maker.today
        made = papers.register(
            self.maker, self.county, kind=kind, number=number, fund=fund, programme=code, year=today.year,
            amount_fen=amount_fen, issued_on=today,
        )  # fmt: skip
        papers.check(self.checker, made)

    def make(self, text: str, code: str = NURSING.code, kind: str = "monthly") -> Batch:
        self.maker.today = self.maker.today.replace(year=2030)
        return actions.make_batch(self.maker, self.county, code=code, month=month(text), kind=kind)

    def freeze(self, batch: Batch) -> Batch:
        return actions.freeze(
            self.maker, batch, expected_fen=batch.payable_fen, expected_count=batch.payable_count
        )

    def send(self, batch: Batch) -> Batch:
        actions.check(self.checker, batch)
        return actions.send(self.maker, batch)

    def answer(self, batch: Batch, text: str | None = None, **failures: str) -> ReturnFile:
        """The bank's answer: everything paid, except persons named in `failures` (name → code)."""
        text = text if text is not None else answer_text(batch, failures)
        return actions.import_return(self.maker, batch, name="回盘.txt", content=text.encode())

    def pay(self, text: str, code: str = NURSING.code, kind: str = "monthly", **failures: str) -> Batch:
        batch = self.send(self.freeze(self.make(text, code, kind)))
        if batch.payable_count:
            self.answer(batch, **failures)
        batch.refresh_from_db()
        return actions.close(self.maker, batch)

    def pay_organisation(self, batch: Batch) -> Batch:
        """A drafted batch of organisations through to its end, everything paid."""
        batch = self.send(self.freeze(batch))
        rows = [f"D|{one.reference}|{yuan(one.amount_fen)}|00|" for one in batch.lines.order_by("sequence")]
        self.answer(batch, text=answer_text(batch, rows=rows))
        batch.refresh_from_db()
        return actions.close(self.maker, batch)


def answer_text(batch: Batch, failures: dict[str, str] | None = None, rows: list[str] | None = None) -> str:
    """A complete answer file; `rows` replaces the rows that the sent lines would give."""
    failures = failures or {}
    sent = batch.lines.filter(state=LineState.SENT).select_related("payee").order_by("sequence")
    if rows is None:
        rows = [
            f"D|{batch.number}-{line.sequence:07d}|{yuan(line.amount_fen)}|{failures.get(line.payee.name, '00')}|"
            for line in sent
        ]
    total = sum(int(row.split("|")[2].replace(".", "")) for row in rows)
    return "\n".join([f"R|MZ-YKT-R1|{batch.number}", *rows, f"T|{len(rows)}|{yuan(total)}"])


def lines_of(batch: Batch) -> list[tuple[Any, ...]]:
    """(payee, kind, yuan, state) of each line."""
    lines = batch.lines.select_related("payee").order_by("sequence")
    return [(line.payee.name, line.kind, yuan(line.amount_fen), line.state) for line in lines]


def assert_proven(*months: str) -> None:
    """Every month of every benefit adds up, and lists and ledger agree."""
    for text in months:
        for proof in prove(month(text)):
            assert proof.holds, proof
    for cash in prove_cash():
        assert cash.holds, cash
