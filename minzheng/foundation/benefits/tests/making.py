"""Families and benefits for the money tests: 新村 in 新晃, amounts as in the worked examples."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit, Start, Unit
from minzheng.foundation.people.models import Household, Membership, Person

VILLAGE = "431227107203"
# A made-up benefit per start rule and unit, so that the tests do not hang on what a line declares.
FAMILY = Benefit(
    code="test_family",
    title="家庭生活补助",
    item="A1",
    unit=Unit.HOUSEHOLD,
    amount="family_amount",
    start=Start.MONTH_AFTER_DECISION,
    cite="测试",
    programme="test_family",
)
NURSING = Benefit(
    code="test_nursing",
    title="重度残疾人护理补贴",
    item="B2",
    unit=Unit.PERSON,
    amount="nursing_amount",
    start=Start.MONTH_OF_APPLICATION,
    cite="国发〔2015〕52号",
    programme="test_nursing",
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def why(decided_on: str, reason: str = "confirmed") -> Why:
    return Why(reason, "民发〔2021〕57号", day(decided_on))


def make_person(name: str = "吴老三", region: str = VILLAGE, **fields: Any) -> Person:
    defaults = {"bank_name": "新晃农商行", "bank_account": "6230901234567890123"}
    return Person.objects.create(name=name, region_id=region, **(defaults | fields))


def make_household(*names: str, region: str = VILLAGE) -> Household:
    people = [make_person(name, region) for name in names or ("吴老三", "杨妹")]
    household = Household.objects.create(
        region_id=region, category="urban", head=people[0], since=dt.date(2020, 1, 1)
    )
    for order, person in enumerate(people):
        Membership.objects.create(
            household=household, person=person, relation="户主", order=order, since=dt.date(2020, 1, 1)
        )
    return household


def grant_family(
    access: Any, amount_fen: int = 63000, decided_on: str = "2026-02-10", **more: Any
) -> Entitlement:
    """EX01: 630.00 a month from the month after the decision."""
    household = more.pop("household", None) or make_household()
    return grant(access, household, code=FAMILY.code, amount_fen=amount_fen, why=why(decided_on), **more)


def grant_nursing(
    access: Any, amount_fen: int = 7000, applied_on: str = "2026-01-31", **more: Any
) -> Entitlement:
    """One disability subsidy of 70.00, from the month of application."""
    person = more.pop("person", None) or make_person()
    decided = more.pop("decided_on", applied_on)
    return grant(
        access,
        person,
        code=NURSING.code,
        amount_fen=amount_fen,
        why=why(decided),
        applied_on=day(applied_on),
        **more,
    )
