"""Who should receive a benefit in a month, beside who does: the same rule as at the counter, over everybody."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.facts import facts_documents
from minzheng.foundation.people.models import Household
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.rules import Population, default_counter

NOT_RECEIVING = (0, "")
Reader = Callable[..., Columns]


def last_day(month: dt.date) -> dt.date:
    """A month is judged by what is known on its last day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


@dataclass(frozen=True)
class Due:
    """What every household of a region is due in a month: `fen` where `known`, in the order of `columns`."""

    columns: Columns
    fen: list[int]
    known: list[bool]

    def by_household(self) -> dict[int, int]:
        """{household: fen a month} of those who are certainly due something."""
        rows = zip(self.columns.household_ids.tolist(), self.fen, self.known, strict=True)
        return {household: fen for household, fen, known in rows if known and fen > 0}


def due_in(benefit: Benefit, month: dt.date, prefix: str, read: Reader = population_columns) -> Due:
    """Run the benefit's amount rule over everybody; `read` takes the facts from the database or from the lake."""
    counter = default_counter()
    population = Population(counter, [benefit.amount], last_day(month), settings.STANDARDS_SET)
    names = [*population.plan.household_facts, *population.plan.person_facts]
    columns = read(prefix, last_day(month), names, counter.book.catalogue)
    fen, known = population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )[benefit.amount]
    return Due(columns, fen.tolist(), known.tolist())


def compare(
    benefit: Benefit, month: dt.date, prefix: str, read: Reader = population_columns
) -> tuple[int, list[Finding]]:
    """(households looked at, findings) for one household benefit."""
    due = due_in(benefit, month, prefix, read)
    findings = list(_differences(benefit, month, due, receiving_in(benefit.code, month, prefix)))
    _name_missing_facts([f for f in findings if f.kind == Kind.UNDETERMINED], benefit, last_day(month))
    return len(due.fen), findings


def _differences(
    benefit: Benefit, month: dt.date, looked: Due, receiving: dict[int, tuple[int, str]]
) -> Iterator[Finding]:
    columns = looked.columns
    codes = [columns.regions[index] for index in columns.region_index.tolist()]
    rows = zip(columns.household_ids.tolist(), codes, looked.fen, looked.known, strict=True)
    for household, region, due, is_known in rows:
        paid, state = receiving.get(household, NOT_RECEIVING)
        detail: dict[str, Any] = {"due_fen": due if is_known else None, "paid_fen": paid}
        if not is_known:
            kind = Kind.UNDETERMINED
        elif due and not paid:
            kind = Kind.ENTITLED_NOT_RECEIVING
        elif paid and not due and state != "exiting":
            kind = Kind.RECEIVING_NOT_ENTITLED
        elif paid and due and paid != due:
            kind = Kind.WRONG_AMOUNT
        else:
            continue
        yield Finding(
            kind=kind,
            benefit=benefit.code,
            household_id=household,
            region_id=region,
            month=month,
            detail=detail,
        )


def receiving_in(benefit: str, month: dt.date, prefix: str) -> dict[int, tuple[int, str]]:
    """{household: (fen a month, state)} of the rights that run in that month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.household_id, a.amount_fen, e.state FROM benefits_entitlement e"
            " JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL"
            " AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)"
            " WHERE e.benefit = %(benefit)s AND e.state <> 'void' AND e.household_id IS NOT NULL"
            " AND e.region_id BETWEEN %(first)s AND %(last)s"
            " AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)",
            {
                "month": month,
                "benefit": benefit,
                "first": prefix.ljust(12, "0"),
                "last": prefix.ljust(12, "9"),
            },
        )
        return {household: (amount, state) for household, amount, state in cursor.fetchall()}


def _name_missing_facts(findings: list[Finding], benefit: Benefit, on: dt.date) -> None:
    """Ask the counter about the few that stayed open: it knows which facts the answer waits for."""
    counter = default_counter()
    households = Household.objects.in_bulk([finding.household_id for finding in findings])
    asked = [households[finding.household_id] for finding in findings]
    for finding, document in zip(findings, facts_documents(asked, on), strict=True):
        decision = counter.decide(counter.facts(document, standards=settings.STANDARDS_SET), [benefit.amount])
        finding.detail["missing"] = [decision.describe(wait) for wait in decision.missing()]
