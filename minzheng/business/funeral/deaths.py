"""Who says that somebody died: kept on record, ranked, and the surest one decides the day (handbook §5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.funeral.models import DeathStatement, Source, WaiverOffer
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.deaths import state_death
from minzheng.foundation.people.models import Person


@action("funeral.statement", "登记死亡证明", persons=lambda statement: [statement.person_id])
def state(access: Any, statement: DeathStatement) -> DeathStatement:
    """Keep one source's paper and let its rank decide. The same paper again has no effect; the caller judges the right.

    A death certificate (of a hospital) outranks a cremation, that one the police, and the village comes last.
    """
    if statement.died_on > access.today:
        raise Refused({"died_on": "死亡日期晚于今天，请核对证明。"})
    same = DeathStatement.objects.filter(
        person=statement.person_id, source=statement.source, document_no=statement.document_no
    ).first()
    if same is not None:
        if same.died_on != statement.died_on:
            raise Refused("这张证明已经登记过，死亡日期不同。请对照证明原件核对。")
        return same
    statement.rank = rank_of(statement.source, access.today, statement.region_id)
    statement.stated_on = access.today
    statement.save(force_insert=True)
    state_death(
        access,
        statement.person,
        statement.died_on,
        Source(statement.source).label,
        statement.rank,
    )
    return statement


@action(
    "funeral.correct", "补登更可靠的死亡证明", permission="funeral.write", persons=lambda one: [one.person_id]
)
def add_statement(
    access: Any, earlier: DeathStatement, *, source: str, document_no: str, died_on: dt.date | str
) -> DeathStatement:
    """A further paper about the same death; the row that it is added to stays as it was."""
    day = dt.date.fromisoformat(str(died_on))
    return state(
        access,
        DeathStatement(
            person=earlier.person,
            region_id=earlier.region_id,
            source=source,
            document_no=document_no.strip(),
            died_on=day,
        ),
    )


def rank_of(source: str, day: dt.date, region: str) -> int:
    return int(figures(day, region)(f"death_rank_{source}"))


def offer_waiver(person: Person, died_on: dt.date) -> None:
    """Once a death; a corrected day is the same death."""
    WaiverOffer.objects.get_or_create(
        person=person, defaults={"region_id": person.region_id, "died_on": died_on}
    )


@action(
    "funeral.offer_told", "已告知减免政策", permission="register.write", persons=lambda one: [one.person_id]
)
def tell_family(access: Any, offer: WaiverOffer) -> WaiverOffer:
    if offer.told_on is None:
        offer.told_on, offer.told_by = access.today, access.user
        offer.save(update_fields=["told_on", "told_by"])
    return offer
