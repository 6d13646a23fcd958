"""Which standards of a benefit's rule changed in a county, and from when: what an uprating rests on, and what it must not miss."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from functools import cache

from django.conf import settings

from minzheng.foundation.benefits.months import add_months, last_day, month_of
from minzheng.foundation.benefits.words import Benefit, Unit
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import QuestionError, Standards, default_counter
from minzheng.foundation.rules.kinds import read_date, to_date
from minzheng.foundation.rules.plan import plan_for


@dataclass(frozen=True)
class Change:
    """One standard before and after, in words; `old` is empty where there was none."""

    name: str
    label: str
    old: str
    new: str
    cite: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def uprated() -> list[Benefit]:
    """Benefits of persons and households that are paid month after month."""
    return [one for one in shelf(Benefit) if not one.once and one.unit in (Unit.HOUSEHOLD, Unit.PERSON)]


def standards() -> Standards:
    return default_counter().standards(settings.STANDARDS_SET)


def standards_read(declared: Benefit, month: dt.date) -> tuple[str, ...]:
    """Names of the standards on which the amount rests in that month; none where the rule did not exist yet."""
    return _read(declared.amount, read_date(last_day(month)))


@cache
def _read(rule: str, on: int) -> tuple[str, ...]:
    book = default_counter().book
    law = book.law(on)
    try:
        return plan_for(law, book.wanted(law, [rule])).standards
    except QuestionError:
        return ()


def changes(declared: Benefit, county: str, month: dt.date) -> list[Change]:
    """What is different in `month` from the month before, for the county (12-digit code)."""
    names, chosen = standards_read(declared, month), standards()
    before = chosen.row(county, read_date(last_day(add_months(month, -1))))
    after = chosen.row(county, read_date(last_day(month)))
    found = []
    for name in names:
        was, now = before.get(name), after.get(name)
        if now is None or (was is not None and was.value == now.value):
            continue
        kind = chosen.declared[name].kind
        old = kind.show(was.value) if was is not None else ""
        found.append(Change(name, chosen.declared[name].label, old, kind.show(now.value), now.cite))
    return found


def is_a_turn(declared: Benefit, county: str, month: dt.date) -> bool:
    """Whether a standard changed with this month, or the rule itself."""
    same = standards_read(declared, month) == standards_read(declared, add_months(month, -1))
    return not same or bool(changes(declared, county, month))


def months_of_change(declared: Benefit, county: str, since: dt.date, until: dt.date) -> list[dt.date]:
    """Months in that span in which a standard of the benefit changed, the latest first."""
    chosen = standards()
    days = {
        month_of(to_date(value.since))
        for name in standards_read(declared, until)
        for value in chosen.values.get(name, [])
        if county.startswith(value.region)
    }
    return sorted(
        (day for day in days if since <= day <= until and changes(declared, county, day)), reverse=True
    )
