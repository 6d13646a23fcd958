"""M1 结婚登记: everything in one transaction: review, register row, number, two certificates, who is married now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.marriage.certificates import issue_both
from minzheng.business.marriage.models import (
    Kind,
    Marriage,
    MarriageEnd,
    Prior,
    Registrar,
    Registration,
    Registry,
    Spouse,
)
from minzheng.business.marriage.numbers import next_number
from minzheng.business.marriage.review import Asked, check_prior, refusals, review
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.at_counter import finish_waiting
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.actions import life_event_of_register
from minzheng.foundation.people.models import FactSheet, LifeEventKind, Membership, Person

REGISTER = "婚姻登记"


def couple_of(registration: Registration) -> Iterable[int]:
    return registration.couple


@action("marriage.register", "结婚登记", permission="marriage.write", persons=couple_of)
def register_marriage(
    access: Any, registration: Registration, asked: Asked, *, second: User | None = None
) -> Registration:
    """Marry `registration.man` and `.woman` at `.registry`; the registration comes with priors, photo, declaration.

    Refused with one sentence for each bar, or for what has not been found out. A second clerk a moment later is
    refused by the database, whatever both have read before.
    """
    today, man, woman = access.today, registration.man, registration.woman
    assert man is not None and woman is not None, "the form has asked for both"
    may_register(access, registration.registry, second, [man, woman])
    for person, prior in ((man, registration.man_prior), (woman, registration.woman_prior)):
        if not person.is_alive_on(today):
            raise Refused(f"{person.name}已登记死亡，请核对身份证和本人。")
        if prior not in Prior.values:
            raise Refused({"prior": f"请选择{person.name}原来的婚姻状况。"})
        check_prior(person, prior)
    decision = review(registration, asked, today)
    if said := refusals(decision):
        raise Refused(said)
    if registration.photo_id is None:
        raise Refused({"photo": "请上传双方的合影照片，或当场拍一张。"})
    registration.decision = decision.as_json()
    registration.marriage = _marry(registration, today)
    write_row(access, registration, Kind.MARRIAGE, second)
    issue_both(access, registration)
    for person in (man, woman):
        record_state(access, person, "已婚", LifeEventKind.MARRIAGE, today, registration.number)
    finish_applications(access, "M1", [man, woman])
    return registration


def may_register(
    access: Any, registry: Registry, second: User | None, persons: list[Person], *, alone: bool = False
) -> None:
    """Qualified here and today, two of them where the place asks for two (not `alone`), none of them near to the couple."""
    if registry.closed_on is not None and registry.closed_on <= access.today:
        raise Refused("这个登记机关已经撤销，请到现行的登记机关办理。")
    officers = [access.user, *([second] if second is not None else [])]
    for officer in officers:
        held = Registrar.objects.filter(registry=registry, user=officer)
        if not any(one.holds_on(access.today) for one in held):
            raise Refused(
                f"{officer}不是{registry.name}现任的婚姻登记员，不能办理登记。请由有登记员证的人员办理。"
            )
    wanted = 1 if alone else int(figures(access.today, registry.region_id)("marriage_registrars"))
    if wanted > 1 and (second is None or second == access.user):
        raise Refused("这里规定两名登记员同时办理，请选择另一位在场的登记员。")
    keys = {person.pk for person in persons}
    homes = Membership.objects.filter(person__in=keys, until=None).values("household")
    near = keys | set(
        Membership.objects.filter(household__in=homes, until=None).values_list("person", flat=True)
    )
    if any(officer.person_id in near for officer in officers if officer.person_id):
        raise Refused("登记员是当事人或同住的家庭成员，应当回避，请由另一位登记员办理。")


def write_row(access: Any, registration: Registration, kind: Kind, second: User | None) -> None:
    """The register's row with its number, and names and numbers of identity as they are today."""
    registry, today = registration.registry, access.today
    registration.kind, registration.registered_on = kind, today
    registration.region_id = registry.region_id
    registration.registrar, registration.second = access.user, second
    for side in ("man", "woman"):
        person = getattr(registration, side)
        setattr(registration, f"{side}_name", person.name)
        setattr(registration, f"{side}_id_no", getattr(registration, f"{side}_id_no") or person.id_no or "")
    registration.number = next_number(kind, registry, today.year)
    registration.save(force_insert=True)


def end_marriage(marriage: Marriage, on: dt.date, end: MarriageEnd) -> bool:
    """False when it had ended already."""
    now = Marriage.objects.select_for_update().get(pk=marriage.pk)
    if now.ended_on is not None:
        return False
    now.ended_on, now.end = on, end
    now.save(update_fields=["ended_on", "end"])
    Spouse.objects.filter(marriage=now).update(stands=False)
    return True


def resume_marriage(marriage: Marriage) -> bool:
    """As if it had not ended. False when one of the two has married again."""
    sides = Spouse.objects.filter(marriage=marriage)
    if Spouse.objects.filter(person__in=sides.values("person"), stands=True).exists():
        return False
    sides.update(stands=True)
    marriage.ended_on, marriage.end = None, ""
    marriage.save(update_fields=["ended_on", "end"])
    return True


def record_state(
    access: Any, person: Person, state: str, event: LifeEventKind, on: dt.date, number: str
) -> None:
    """The fact for the rules, and the event by which the other lines hear of it (handbook 0.7)."""
    keep_state(person, state, on)
    life_event_of_register(access, person, event, on, REGISTER, detail={"registration": number})


def keep_state(person: Person, state: str, on: dt.date) -> None:
    """Marital state from `on` on, as the register says it."""
    FactSheet.objects.create(person=person, values={"marital_status": state}, source=REGISTER, since=on)


def finish_applications(access: Any, item: str, persons: list[Person]) -> None:
    finish_waiting(access, item, persons, permission="marriage.write")


def _marry(registration: Registration, today: dt.date) -> Marriage:
    marriage = Marriage.objects.create(
        region_id=registration.registry.region_id, man=registration.man, woman=registration.woman, since=today
    )
    try:
        with transaction.atomic():
            for person in sorted((registration.man, registration.woman), key=lambda one: one.pk):
                Spouse.objects.create(marriage=marriage, person=person)
    except IntegrityError:
        raise Refused(
            "不予登记：一方或双方已有配偶（民法典 第一千零四十二条）。刚刚有另一笔登记完成，请查登记簿核对。"
        ) from None
    return marriage
