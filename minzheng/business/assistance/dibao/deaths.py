"""A family's amount after a death that was not one, or was on another day (DC7; 民发〔2022〕83号).

What an officer had decided on account of the death is taken back month by month: what each month was worth before
that decision is read from the amounts that are kept (benefits/models.py), nothing is worked out anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import end_later, on_death, reinstate, restate
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import month_of, next_month
from minzheng.foundation.benefits.timeline import Span, Why, owed_in
from minzheng.foundation.cases.models import Case

BY_83 = "民发〔2022〕83号"


def undo(access: Access, person: int, died_on: dt.date) -> None:
    """Nobody died: a right that ended with this death runs again, a smaller amount is the old one again."""
    for right in _rights(person):
        if _ended_with(right, died_on):
            reinstate(access, right)
        elif not _another_death(right, person, died_on):
            _pay_as_before(access, right, next_month(died_on), None, "death_undone")


def correct(access: Access, person: int, was: dt.date, died_on: dt.date) -> None:
    """The cut, or the end, moves to the month after the true day; the money follows."""
    last, before = month_of(died_on), month_of(was)
    if last == before:
        return
    why = Why("death", BY_83, access.today)
    for right in _rights(person):
        is_over = _ended_with(right, was)
        if last > before and is_over:
            end_later(access, right, last=last)
        elif last > before:
            _pay_as_before(access, right, next_month(was), last, "death_corrected")
        elif is_over or _laid(right, next_month(was)):
            amount = 0 if is_over else owed_in(right, next_month(was))
            on_death(access, right, died_on=died_on, why=why, recomputed_fen=amount)


def _rights(person: int) -> list[Entitlement]:
    homes = Entitlement.objects.filter(benefit="dibao", household__memberships__person=person)
    return list(homes.select_related("household").distinct())


def _ended_with(right: Entitlement, died_on: dt.date) -> bool:
    is_over = right.state == State.VOID or (
        right.state == State.ENDED and right.until_month == month_of(died_on)
    )
    return is_over and right.end_reason == "death"


def _another_death(right: Entitlement, person: int, died_on: dt.date) -> bool:
    """Somebody else of the family died since: which part was for whom is seen in the review."""
    assert right.household is not None
    others = right.household.memberships.exclude(person=person)
    return others.filter(person__died_on__gte=died_on).exists()


def _laid(right: Entitlement, first: dt.date) -> list[EntitlementAmount]:
    """What a decision after a death says of the months from `first` on."""
    rows = right.amounts.filter(superseded_at=None, reason="death")
    return list(rows.exclude(until_month__lt=first).order_by("from_month"))


def _pay_as_before(
    access: Access, right: Entitlement, first: dt.date, last: dt.date | None, reason: str
) -> None:
    """From `first` to `last`, wherever the death's decision still holds."""
    laid = _laid(right, first)
    if not laid:
        return
    earlier = right.amounts.filter(pk__lt=min(row.pk for row in laid)).order_by("pk")  # the later one wins
    spans = [span for old in earlier for span in _spans(old, laid, first, last)]
    restate(access, right, spans=spans, why=Why(reason, BY_83, access.today))
    Case.objects.filter(pk=right.case_id).update(amount_fen=owed_in(right, next_month(access.today)))


def _spans(
    old: EntitlementAmount, laid: list[EntitlementAmount], first: dt.date, last: dt.date | None
) -> Iterator[Span]:
    """The months that `old` shares with each of `laid`, between `first` and `last`."""
    for row in laid:
        begin = max(old.from_month, row.from_month, first)
        ends = [end for end in (old.until_month, row.until_month, last) if end is not None]
        end = min(ends, default=None)
        if end is None or begin <= end:
            yield Span(begin, end, old.amount_fen)
