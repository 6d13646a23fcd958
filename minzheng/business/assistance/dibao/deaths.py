"""A family's amount after its deaths: several at once, one that was not one, one that was on another day (DC7).

A month is worth what was decided about it otherwise, cut by each death that stands, in the order of the deaths: up to
the decision that counted it only downwards, from then on whatever the others are owed (民发〔2022〕83号). What an officer
decided for the same dead is kept; for a family nobody has decided about (one of two is alive after all) the rules
are asked as of that day. What they cannot say is left as it is, for the review.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import end_later, on_death, reinstate, restate
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import add_months, month_of, next_month
from minzheng.foundation.benefits.timeline import Span, Why, owed_in
from minzheng.foundation.cases.assess import decide_item
from minzheng.foundation.cases.facts import facts_document_of
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.rules import FactsError

BY_83 = "民发〔2022〕83号"
OF_DEATHS = ("death", "death_undone", "death_corrected")  # reasons of the amounts that deaths have laid
Range = tuple[dt.date, dt.date | None]  # months, inclusive; None: until further decision


@dataclass(frozen=True)
class Death:
    """Of a member: its day as it is known now, and when it was decided what the others are owed (None: not yet)."""

    person: int
    died_on: dt.date
    round: int
    decided_on: dt.date | None


@dataclass(frozen=True)
class Cut:
    """What the others are owed a month after a death, and since when that is decided."""

    death: Death
    decided_on: dt.date
    amount_fen: int


def behind(case: Case) -> list[dt.date]:
    """The days of the deaths recorded in the present round, in order; one that was undone since is none."""
    return [death.died_on for death in _deaths(case) if death.round == case.round]


def cut(access: Access, case: Case, right: Entitlement, why: Why, amount_fen: int) -> None:
    """A decision on account of this round's deaths. The months between two deaths are worth what was left then."""
    first = behind(case)[0]
    days = sorted({death.died_on for death in _deaths(case) if death.died_on >= first})
    for died_on, following in pairwise(days):
        between, _ = _by_the_rules(case, died_on)
        if between and month_of(died_on) < month_of(following):
            on_death(access, right, died_on=died_on, why=why, recomputed_fen=between)
    on_death(access, right, died_on=days[-1], why=why, recomputed_fen=amount_fen)


def undo(access: Access, person: int, died_on: dt.date) -> None:
    """Nobody died: a right that ended with this death runs again, a smaller amount is what it would have been."""
    _settle(access, person, died_on, None, "death_undone")


def correct(access: Access, person: int, was: dt.date, died_on: dt.date) -> None:
    """The cut, or the end, moves to the month after the true day; the money follows."""
    if month_of(was) != month_of(died_on):
        _settle(access, person, min(was, died_on), max(was, died_on), "death_corrected")


def _deaths(case: Case) -> list[Death]:
    """Of those whom the case knows as dead, in the order of their deaths."""
    told: dict[str, int] = {}
    decided: dict[int, dt.date] = {}
    for move in CaseMove.objects.filter(case=case, marks__overlap=["died", "changed", "ended"]):
        if "died" in move.marks:
            told[move.record["id_no"]] = move.round
        else:
            decided[move.round] = move.on
    dead = case.persons.filter(id_no__in=list(told), person__died_on__isnull=False).select_related("person")
    return sorted(
        (
            Death(one.person.pk, one.person.died_on, told[one.id_no], decided.get(told[one.id_no]))
            for one in dead
            if one.person is not None and one.person.died_on is not None
        ),
        key=lambda death: death.died_on,
    )


def _settle(access: Access, person: int, first: dt.date, last: dt.date | None, reason: str) -> None:
    """From `first` to `last` (None: ever since) others were dead, or fewer, than was believed."""
    rights = Entitlement.objects.filter(benefit="dibao", household__memberships__person=person).distinct()
    cases = Case.objects.in_bulk(list(rights.exclude(case_id=None).values_list("case_id", flat=True)))
    for right in rights.filter(case_id__in=cases):
        case = cases[right.case_id or 0]
        deaths = [death for death in _deaths(case) if death.decided_on is not None]
        anew = [death for death in deaths if first <= death.died_on <= (last or death.died_on)]
        if [death.person for death in anew] == [person]:
            anew = []  # the same dead as before, from another month on: what was decided for them holds
        moved = (next_month(first), month_of(last)) if last else None
        _lay_again(access, case, right, deaths, anew, moved, reason)


def _lay_again(
    access: Access,
    case: Case,
    right: Entitlement,
    deaths: list[Death],
    anew: list[Death],
    moved: Range | None,
    reason: str,
) -> None:
    """`deaths`: all that are decided; `anew`: after which nobody has decided about those who are alive.

    `moved`: the months between the day that was believed and the true one.
    """
    is_over = right.end_reason == "death" and right.state in {State.ENDED, State.VOID}
    laid = right.amounts.filter(superseded_at=None, reason__in=OF_DEATHS)
    ranges: list[Range] = list(laid.order_by("from_month").values_list("from_month", "until_month"))
    if not ranges and not is_over:
        return
    if moved:
        ranges.append(moved)
    cuts, decision = [], {}
    for death in deaths:
        amount = None if death in anew else _as_decided(right, death, deaths)
        if amount is None:
            amount, decision = _by_the_rules(case, _day_to_ask(death, deaths))
        if amount is None:
            return
        cuts.append(Cut(death, death.decided_on or access.today, amount))
    if is_over and deaths:
        ranges = [(next_month(deaths[0].died_on), None)]
    if is_over and cuts and not cuts[-1].amount_fen and right.state == State.ENDED:
        end_later(access, right, last=month_of(deaths[-1].died_on))
    elif is_over:
        reinstate(access, right)
    others = list(right.amounts.exclude(reason__in=OF_DEATHS).order_by("pk"))
    spans = [span for within in ranges for span in _spans(within, others, cuts)]
    restate(access, right, spans=spans, why=Why(reason, BY_83, access.today, decision))
    Case.objects.filter(pk=case.pk).update(amount_fen=owed_in(right, next_month(access.today)))


def _as_decided(right: Entitlement, death: Death, deaths: list[Death]) -> int | None:
    """What the decision about this death laid down for the time after; None where it knew of other dead."""
    for other in deaths:
        is_before = other.died_on <= death.died_on
        if other != death and (other.round > death.round if is_before else other.round == death.round):
            return None
    rows = right.amounts.filter(reason="death", decided_on=death.decided_on, until_month=None)
    row = rows.order_by("pk").last()
    return row.amount_fen if row else None


def _by_the_rules(case: Case, day: dt.date) -> tuple[int | None, dict[str, Any]]:
    """Fen a month for those who were alive on that day, with the decision; 0 for nobody, None if it cannot be said."""
    if case.household is None or not case.household.members_on(day).exists():
        return 0, {}
    item = case.service_item
    try:
        decision = decide_item(item, facts_document_of(case, day))
    except FactsError:
        return None, {}
    amount = decision[item.amount] if True in [decision[rule] for rule in item.eligibility] else None
    return int(amount) if amount else None, decision.as_json()


def _day_to_ask(death: Death, deaths: list[Death]) -> dt.date:
    """The day of its decision, with what was known then; its own day if somebody else died in between."""
    decided = max(death.died_on, death.decided_on or death.died_on)
    between = any(death.died_on < other.died_on <= decided for other in deaths)
    return death.died_on if between else decided


def _spans(within: Range, others: list[EntitlementAmount], cuts: list[Cut]) -> Iterator[Span]:
    """The months of a range anew: what was decided otherwise, cut by each death."""
    first, last = within
    starts = {first}
    for row in others:
        starts |= {row.from_month} | ({add_months(row.until_month, 1)} if row.until_month else set())
    for one in cuts:
        starts |= {next_month(one.death.died_on), next_month(one.decided_on)}
    months = sorted(month for month in starts if first <= month and (last is None or month <= last))
    ends: Sequence[dt.date | None] = [*(add_months(month, -1) for month in months[1:]), last]
    for month, end in zip(months, ends, strict=True):
        yield Span(month, end, _owed(month, others, cuts))


def _owed(month: dt.date, others: list[EntitlementAmount], cuts: list[Cut]) -> int:
    amount = next((row.amount_fen for row in reversed(others) if row.covers(month)), 0)
    for one in cuts:
        if month > month_of(one.death.died_on):
            is_decided = month > month_of(one.decided_on)
            amount = one.amount_fen if is_decided else min(amount, one.amount_fen)
    return amount
