"""What a person or a family receives: how much, since when, until when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.words import benefit_title

TONES = {
    State.ACTIVE: "ok",
    State.SUSPENDED: "warn",
    State.EXITING: "warn",
    State.ENDED: "neutral",
    State.VOID: "bad",
}


@dataclass(frozen=True)
class Received:
    """One benefit: what, in which state, how much a month now (fen; None once it has ended), from when to when, why."""

    title: str
    state: str
    tone: str
    amount_fen: int | None
    since: dt.date
    until: dt.date | None
    case_number: str
    cite: str
    person: int | None
    once: bool = False  # given in one month and no more (price subsidy, heating)

    @property
    def runs(self) -> bool:
        return self.amount_fen is not None


def received_by(persons: Sequence[int], households: Iterable[int]) -> list[Received]:
    """Benefits of these persons or households, the newest first."""
    current = Prefetch(
        "amounts",
        EntitlementAmount.objects.filter(superseded_at=None).order_by("-from_month").defer("decision"),
        to_attr="current",
    )
    whose = Q(person_id__in=persons) | Q(household_id__in=list(households))
    rights = Entitlement.objects.filter(whose).prefetch_related(current).order_by("-since_month", "-pk")
    return [
        Received(
            title=benefit_title(right.benefit),
            state=right.state_in_words,
            tone=TONES[State(right.state)],
            amount_fen=right.current[0].amount_fen
            if right.current and (right.is_given_once or right.state not in (State.ENDED, State.VOID))
            else None,
            once=right.is_given_once,
            since=right.since_month,
            until=right.until_month,
            case_number=right.case_number if right.case_id else "",  # an older system had numbers of its own
            cite=right.current[0].cite if right.current else "",
            person=None if right.household_id else right.person_id,
        )
        for right in rights
    ]
