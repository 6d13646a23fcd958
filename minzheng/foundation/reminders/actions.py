"""Wanting text messages or not: everybody says it for themselves."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.actions import action
from minzheng.foundation.people.models import Person
from minzheng.foundation.reminders.models import OPEN_STATES, Declined, Sms, State


def _self(person: Person) -> list[int]:
    return [person.pk]


@action("reminders.decline", "不收短信提醒", persons=_self, region=lambda person: person.region_id)
def decline(access: Any, person: Person) -> Person:
    """From now on nothing is sent; what still waits is given up."""
    Declined.objects.get_or_create(person=person, defaults={"since": access.today})
    waiting = Sms.objects.filter(person=person, state__in=OPEN_STATES)
    waiting.update(state=State.DEAD, next_at=None, answer="本人不收短信")
    return person


@action("reminders.want", "恢复短信提醒", persons=_self, region=lambda person: person.region_id)
def want(access: Any, person: Person) -> Person:
    Declined.objects.filter(person=person).delete()
    return person


def has_declined(person: Person) -> bool:
    return Declined.objects.filter(person=person).exists()
