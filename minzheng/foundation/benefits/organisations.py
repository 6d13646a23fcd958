"""Rights of organisations: subsidies and settlements, worked out by a line, granted in bulk, paid by the same lists as anybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.models import ONCE, Entitlement, EntitlementAmount, State, county_of
from minzheng.foundation.benefits.timeline import Span, Why, lay, owed_in
from minzheng.foundation.benefits.words import Unit, benefit
from minzheng.foundation.events.bus import emit


@dataclass(frozen=True)
class Due:
    """What one organisation is owed for one month, for one of its facilities or as a whole; whole fen.

    `region` is where it is paid for (a village of the county that pays); `why` holds keys and figures, no names.
    """

    organisation: int
    region: str
    fen: int
    facility: int | None = None
    why: dict[str, Any] = field(default_factory=dict)


def grant_month(
    code: str, month: dt.date, dues: Sequence[Due], *, cite: str, decided_on: dt.date, grade: str = ""
) -> list[Entitlement]:
    """One right for one month each (its first day), in two statements. The caller has judged the right to do so.

    A month whose list has gone out is paid as back-pay by the next one. A place that already has the month's right is
    refused by the database. `grade` tells kinds of one benefit apart (a rating's grade).
    """
    if benefit(code).unit is not Unit.ORGANISATION:
        raise ValueError(code)
    for county in sorted({county_of(due.region) for due in dues}):
        lock(code, county)
    rights = Entitlement.objects.bulk_create(
        Entitlement(
            benefit=code,
            organisation_id=due.organisation,
            facility_id=due.facility,
            region_id=due.region,
            state=State.ENDED,
            grade=grade,
            since_month=month,
            until_month=month,
            end_reason=ONCE,
        )
        for due in dues
    )
    EntitlementAmount.objects.bulk_create(
        EntitlementAmount(
            entitlement=right,
            from_month=month,
            until_month=month,
            amount_fen=due.fen,
            reason="computed",
            cite=cite,
            decision=due.why,
            decided_on=decided_on,
        )
        for right, due in zip(rights, dues, strict=True)
    )
    for right in rights:
        emit("entitlement.amended", entitlement=right.pk)
    return rights


def reduce_month(right: Entitlement, fen: int, *, cite: str, decided_on: dt.date, why: str) -> Entitlement:
    """The month's right is worth `fen` after all: what was paid beyond it is recovered (payments/settle.py).

    Refused when it would be raised: what is owed more is a right of another month.
    """
    lock(right.benefit, right.county)
    if fen > owed_in(right, right.since_month):
        raise Refused("补贴只能按规定核减，增加的部分请另行核定。")
    lay(right, Span(right.since_month, right.until_month, fen), Why(why, cite, decided_on))
    emit("entitlement.amended", entitlement=right.pk)
    return right
