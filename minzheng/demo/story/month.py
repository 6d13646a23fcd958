"""The month's money: funds arrive, the batch is made, checked by another, sent, answered by the bank and proven."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from minzheng.business.assistance.benefits import DIBAO
from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.funds import actions as funds
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.models import Batch, LineState
from minzheng.foundation.payments.prove import Proof, prove, prove_cash
from minzheng.foundation.regions.models import Region

# The bank refuses every so many rows, so that the month has failures to be reissued.
REFUSED_EVERY = 150
PAID, ACCOUNT_CLOSED = "00", "03"
FUNDS = (("central", 70), ("province", 20), ("county", 10))


@dataclass(frozen=True)
class MonthPaid:
    """The closed batch and the proof of its month."""

    batch: Batch
    proof: Proof
    is_proven: bool


def pay_month(officers: Officers, days: Days) -> MonthPaid:
    """曾敏 makes and sends, 江涛 checks; the bank is played by `bank_answer`."""
    maker, checker = officers.on("finance", days.today), officers.on("finance2", days.today)
    county = Region.objects.get(code=COUNTY)
    batch = actions.make_batch(maker, county, code=DIBAO.code, month=days.pay_month)
    receive_papers(maker, checker, batch.payable_fen, days)
    batch = actions.freeze(maker, batch, expected_fen=batch.payable_fen, expected_count=batch.payable_count)
    actions.check(checker, batch)
    batch = actions.send(maker, batch)
    actions.import_return(maker, batch, name=f"{batch.number}-回盘.txt", content=bank_answer(batch))
    batch.refresh_from_db()
    actions.close(maker, batch)
    proof = next(one for one in prove(days.pay_month) if one.benefit == DIBAO.code)
    return MonthPaid(batch, proof, proof.holds and all(one.holds for one in prove_cash()))


def bank_answer(batch: Batch) -> bytes:
    """The return file of an invented bank: nearly all rows paid, a few accounts closed."""
    rows, total = [], 0
    for place, line in enumerate(batch.lines.filter(state=LineState.SENT).order_by("sequence"), 1):
        failed = place % REFUSED_EVERY == 0
        result = f"{ACCOUNT_CLOSED}|账户已销户" if failed else f"{PAID}|"
        rows.append(f"D|{batch.number}-{line.sequence:07d}|{yuan(line.amount_fen)}|{result}")
        total += line.amount_fen
    return "\n".join([f"R|MZ-YKT-R1|{batch.number}", *rows, f"T|{len(rows)}|{yuan(total)}"]).encode()


def receive_papers(maker: Any, checker: Any, month_fen: int, days: Days) -> None:
    """The year's money, as it comes: announced in the year before, allotted in spring, budgeted at the start."""
    county, year = Region.objects.get(code=COUNTY), days.pay_month.year
    whole = month_fen * 3
    for fund, percent in FUNDS:
        part = whole * percent // 100
        papers = [
            ("budget", f"县预〔{year}〕1号", part * 12 // 10, dt.date(year, 1, 10), dt.date(year, 1, 10)),
            ("advance", f"财社〔{year - 1}〕88号", part // 2, dt.date(year - 1, 11, 15), dt.date(year - 1, 12, 5)),
            ("allocation", f"财社〔{year}〕36号", part, dt.date(year, 4, 20), dt.date(year, 5, 12)),
        ]  # fmt: skip
        for kind, number, amount_fen, issued_on, arrived_on in papers:
            if fund == "county" and kind == "advance":
                continue  # a county does not announce its own money to itself
            paper = funds.register(
                maker, county, kind=kind, number=number, fund=fund, programme=DIBAO.programme, year=year,
                amount_fen=amount_fen, issued_on=min(issued_on, days.today), arrived_on=min(arrived_on, days.today),
            )  # fmt: skip
            funds.check(checker, paper)
