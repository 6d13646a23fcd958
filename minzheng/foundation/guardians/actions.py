"""Confirmed by a second person: from its day on, with the next list, the guardian's account is paid; ended, the own one again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Left

from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.actions import change_payee
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.models import State as Right
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.guardians.models import Ground, Guardianship, State, guardian_of
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within

RUNNING = (Right.ACTIVE, Right.SUSPENDED, Right.EXITING)


def _persons(row: Guardianship) -> list[int]:
    return [one for one in (row.person_id, row.guardian_id) if one is not None]


@action("guardianship.confirm", "确认监护人代领", permission="case.oversee", persons=_persons)
def confirm(access: Any, row: Guardianship) -> Guardianship:
    """Everything that was paid to the ward is paid to the guardian, from `since` on (begin_due). Refused for the maker
    and for the guardian."""
    current = Guardianship.objects.select_for_update(of=("self",)).select_related("guardian").get(pk=row.pk)
    if current.state != State.ENTERED:
        raise Refused("这一条已经确认或结束，不用再办。")
    checker = another_person(access, current.maker_id, current.guardian_id, did="登记（监护）", does="确认")
    if current.guardian is None or not current.guardian.bank_account:
        raise Refused("监护人还没有登记银行账户。请先在人员台账登记，再确认。")
    current.state, current.checker = State.CONFIRMED, checker
    try:
        with transaction.atomic():
            current.save(update_fields=["state", "checker"])
    except IntegrityError:
        raise Refused("本人已有监护人在代领。换人的，先结束原来的。") from None
    if current.since <= access.today:
        _pay(access, current.person_id, current.guardian)
    return current


@action("guardianship.end", "结束监护人代领", permission="register.write", persons=_persons)
def end(access: Any, row: Guardianship, *, ended_for: str) -> Guardianship:
    return _end(access, row, ended_for)


def _end(access: Any, row: Guardianship, why: str) -> Guardianship:
    current = Guardianship.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if current.state != State.CONFIRMED:
        raise Refused("只有代领中的可以结束。")
    current.state, current.until, current.ended_for = State.ENDED, access.today, why[:60]
    current.save(update_fields=["state", "until", "ended_for"])
    if current.person is not None:
        _pay(access, current.person_id, current.person)
    return current


def _pay(access: Any, ward: int | None, payee: Person) -> None:
    for right in Entitlement.objects.filter(person=ward, state__in=RUNNING).exclude(payee=payee):
        change_payee(access, right, payee=payee)


def end_with(guardian: int, on: dt.date) -> None:
    """A guardian who died receives nothing more; the ward's own account is paid until another is confirmed."""
    for row in Guardianship.objects.filter(guardian=guardian, state=State.CONFIRMED):
        _end(SystemAccess.on(on), row, "监护人去世")


def begin_due(on: dt.date) -> int:
    """Rights that run and are not yet paid to the guardian whose day has come; returns how many changed."""
    held = Guardianship.objects.filter(state=State.CONFIRMED, since__lte=on, person=OuterRef("person"))
    rights = Entitlement.objects.filter(household=None, state__in=RUNNING)
    late = rights.annotate(due=Subquery(held.values("guardian")[:1])).filter(due__isnull=False)
    late = late.exclude(payee=F("due"))
    people = Person.objects.in_bulk(late.values_list("due", flat=True))
    for right in late:
        change_payee(SystemAccess.on(on), right, payee=people[right.due])
    return len(late)


def pay_again(entitlement: int, on: dt.date) -> None:
    """A right that runs again is paid as the guardianship of today says."""
    right = Entitlement.objects.get(pk=entitlement)
    payee = guardian_of(right.person_id, on) if right.person_id and right.household_id is None else None
    if payee is not None and right.payee_id != payee.pk and right.state in RUNNING:
        change_payee(SystemAccess.on(on), right, payee=payee)


def end_grown_up(on: dt.date) -> int:
    """Who has come of age is paid in person; born on 29 February, on the 28th of a common year (DC3)."""
    minors = Guardianship.objects.filter(state=State.CONFIRMED, ground=Ground.MINOR)
    ended = 0
    for county in minors.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct():
        age = figures(on, county.ljust(12, "0"))("adult_age")
        born = add_months(on, -12 * age)
        if on == last_day(on.replace(day=1)):
            born = last_day(born.replace(day=1))
        for row in minors.filter(within(county), person__birth_date__lte=born):
            _end(SystemAccess.on(on), row, "已满十八周岁")
            ended += 1
    return ended
