"""Taking back a life event that was recorded by mistake, or giving it another day: all its effects follow.

Nothing is deleted (DC8): the event stays, marked; rights that it ended run again and the months between are paid,
because payments settles every amended right (foundation/payments). What an officer decided afterwards on account of
the event (a family's new amount) comes back to that officer's desk as a review.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.life_events.effects import kept_for
from minzheng.foundation.life_events.models import Undoing
from minzheng.foundation.people.actions import household_of, life_event_of_register
from minzheng.foundation.people.deaths import correct_death, rank_of
from minzheng.foundation.people.models import LifeEvent, LifeEventKind, Person

# These are undone by their own registers (void, annulled, cancelled), with their certificates.
BY_THEIR_REGISTER = {
    LifeEventKind.MARRIAGE,
    LifeEventKind.DIVORCE,
    LifeEventKind.ADOPTION,
    LifeEventKind.DISSOLUTION,
}


def _person(event: LifeEvent) -> Iterable[int]:
    return [event.person_id]


def _region(event: LifeEvent) -> str:
    return event.person.region_id


@action("life_event.undo", "撤销生命事件", permission="person.correct", region=_region, persons=_person)
def undo_life_event(access: Any, event: LifeEvent, reason: str) -> LifeEvent:
    """By another person than the one who recorded it, with the reason that the person concerned may read."""
    _other_person(access, event)
    if event.kind in BY_THEIR_REGISTER:
        raise Refused("婚姻、收养登记只能在自己的登记簿里撤销或宣告无效，请到那里办理。")
    return _undo(access, event, reason)


@action("life_event.undo", "撤销生命事件", region=_region, persons=_person)
def undo_of_register(access: Any, event: LifeEvent, reason: str) -> LifeEvent:
    """The same for the register that brought the event about; its own action judges the right, and who may not do it."""
    return _undo(access, event, reason)


@action(
    "life_event.correct", "更正生命事件日期", permission="person.correct", region=_region, persons=_person
)
def correct_life_event(access: Any, event: LifeEvent, happened_on: dt.date, source: str) -> LifeEvent:
    """On another day, by another person than the one who recorded it; returns the event that now stands.

    A death keeps its event and its source's rank (people/deaths.py); any other is taken back and recorded anew.
    """
    _other_person(access, event)
    if happened_on == event.happened_on:
        raise Refused({"happened_on": "日期没有变化，不需要更正。"})
    person = Person.objects.select_for_update().get(pk=event.person_id)
    if event.kind == LifeEventKind.DEATH:
        correct_death(access, person, event, happened_on, source, rank_of(event))
        return event
    _undo(access, event, f"更正日期：{source}")
    return life_event_of_register(access, person, LifeEventKind(event.kind), happened_on, source)


def _other_person(access: Any, event: LifeEvent) -> None:
    recording = getattr(event, "recording", None)
    by = recording.by if recording else None
    if access.user is None or access.user.person_id is None:
        raise Refused("没有登记本人身份的账号不能更正生命事件。请先在账号里登记本人，或换一位同事办理。")
    if by is not None and by.person_id == access.user.person_id:
        raise Refused("登记的人不能撤销或更正自己登记的事件，请由另一位同事办理。")


def _undo(access: Any, event: LifeEvent, reason: str) -> LifeEvent:
    if not reason.strip():
        raise Refused({"reason": "请写明理由，当事人可以看到。"})
    event = LifeEvent.objects.select_for_update().select_related("person").get(pk=event.pk)
    if event.undone_on is not None:
        raise Refused("这件事已经撤销过，不需要再办。")
    later = event.person.life_events.filter(
        kind=event.kind, undone_on=None, happened_on__gt=event.happened_on
    ).first()
    if later is not None:
        raise Refused(f"之后还登记了{later.happened_on:%Y年%m月%d日}的同类事件，请先撤销那一件。")
    _restore(event)
    event.undone_on = access.today
    event.save(update_fields=["undone_on"])
    Undoing.objects.create(event=event, by=access.user, reason=reason.strip())
    household = household_of(event.person, event.happened_on)
    with kept_for(event, of_undoing=True):
        emit(
            "person.event_undone",
            person=event.person_id,
            household=household.pk if household else None,
            kind=event.kind,
            on=event.happened_on.isoformat(),
            recorded_on=access.today.isoformat(),
            event=event.pk,
        )
    return event


def _restore(event: LifeEvent) -> None:
    """The master record as it was before the event."""
    person = event.person
    if event.kind == LifeEventKind.DEATH:
        person.died_on = None
        person.save(update_fields=["died_on"])
        person.memberships.filter(pk__in=event.detail.get("memberships", [])).update(until=None)
    if event.kind == LifeEventKind.ADOPTION:
        _give_back(event)
    if event.kind == LifeEventKind.MOVE:
        if "from" not in event.detail:
            raise Refused("这次迁移没有记下原来的地方，不能撤销。请再登记一次迁回。")
        person.hukou_region_id, person.region_id = event.detail["from"]
        person.save(update_fields=["hukou_region", "region"])


def _give_back(event: LifeEvent) -> None:
    """The child belongs to the family of before. The time in the other one stays on record as one day."""
    memberships = event.person.memberships
    joined = memberships.filter(pk=event.detail.get("joined")).first()
    if joined is not None:
        joined.until = joined.since + dt.timedelta(days=1)
        joined.save(update_fields=["until"])
    if not memberships.filter(until=None).exists():
        memberships.filter(pk=event.detail.get("left")).update(until=None)
