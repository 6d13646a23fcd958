"""Twelve 特困人员: in two institutions and at home, of every self-care grade, some with a carer, one waiting for a place."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from minzheng.business.assistance.benefits import TEKUN
from minzheng.business.assistance.models import Ability, CareAgreement, Place, Support
from minzheng.business.assistance.tekun.form import SIX
from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.county.families import Family
from minzheng.demo.county.trouble import Planted
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.facts import VISITED, person_document
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import prefix_of
from minzheng.foundation.rules import decide

SINCE = dt.date(2026, 1, 1)
OLD_ENOUGH = 75
HOMES = ("新晃县社会福利中心", "晃洲镇敬老院")  # the public ones of places.py
# How many of the six things each cannot do, and whether they live in an institution.
LIVES = (
    (0, False), (0, False), (1, False), (2, False), (3, False), (5, False),
    (0, True), (2, True), (3, True), (4, True), (5, True), (6, True),
)  # fmt: skip
MEANS = {
    "wage": 0, "business_income": 0, "property_income": 0, "resident_pension": 171_600,
    "resident_pension_central": 171_600, "transfer_received": 0, "other_income": 0,
    "own_assets": 500_000, "own_houses": 1, "own_cars": 0, "has_supporters": False,
}  # fmt: skip


def write_supported(families: list[Family], planted: Planted, paid_until: dt.date) -> int:
    """Rights, files of care and what a visit saw; returns how many people."""
    chosen = _alone(families, planted)[: len(LIVES)]
    people = Person.objects.select_related("region").in_bulk([family.head.key for family in chosen])
    neighbours = _neighbours(families, chosen)
    with transaction.atomic():
        for place, ((failing, home), family) in enumerate(zip(LIVES, chosen, strict=False)):
            support = _support(people[family.head.key], failing, home, paid_until)
            if not home and place in (2, 3, 4):
                CareAgreement.objects.create(
                    support=support,
                    carer_id=neighbours[family.key],
                    region_id=family.region,
                    relation="邻居",
                    duties="每天看望，送餐，洗衣，陪同就医。",
                    signed_on=SINCE,
                )
            if failing == 5 and not home:
                support.waiting_since = add_months(paid_until, -1)
                support.save()
    return len(chosen)


def settle_supported() -> int:
    """The homes stand now: who is supported in an institution lives in one of the two public ones."""
    homes = list(Facility.objects.filter(kind="elder_home", name__in=HOMES).order_by("name"))
    moved = list(Support.objects.filter(place=Place.COLLECTIVE).order_by("pk")) if homes else []
    for number, support in enumerate(moved):
        support.home = homes[number % len(homes)]
    return Support.objects.bulk_update(moved, ["home"])


def _alone(families: list[Family], planted: Planted) -> list[Family]:
    """Old people who live alone, are in no planted trouble, on no certificate and not poor enough for dibao by the data;
    those of the cast's own village and township first."""
    troubled = {id(one) for listed in planted.families.values() for one in listed}
    troubled |= {id(one) for one, _ in planted.checked}
    persons = {id(one) for listed in planted.people.values() for one in listed}
    found = [
        family
        for family in families
        if len(family.members) == 1
        and not family.poor
        and id(family) not in troubled
        and id(family.head) not in persons
        and family.head.died_on is None
        and family.head.age() >= OLD_ENOUGH
        and "disability_type" not in family.head.facts
    ]
    own, near = VILLAGE, prefix_of(TOWNSHIP)
    return sorted(
        found, key=lambda family: (family.region != own, not family.region.startswith(near), family.key)
    )


def _neighbours(families: list[Family], chosen: list[Family]) -> dict[int, int]:
    """{family: the head of another one in the same village, of working age}."""
    able = {family.region: family.head.key for family in families if 30 <= family.head.age() <= 60}
    return {family.key: able.get(family.region, families[0].head.key) for family in chosen}


def _support(person: Person, failing: int, home: bool, paid_until: dt.date) -> Support:
    seen = MEANS | {key: place >= failing for place, (key, _) in enumerate(SIX)}
    FactSheet.objects.create(person=person, values=seen, source=VISITED, since=SINCE)
    document = person_document(person, paid_until) | {
        "standards": settings.STANDARDS_SET,
        "region": person.region_id,
    }
    decision = decide(document, want=["tekun", TEKUN.amount], about=0)
    place = Place.COLLECTIVE if home else Place.SCATTERED
    right = Entitlement.objects.create(
        benefit=TEKUN.code,
        person=person,
        payee=person,
        region_id=person.region_id,
        grade=place,
        since_month=SINCE,
        paid_before=paid_until,
        review_due=add_months(paid_until, 3),
        case_number=f"原系统T{person.pk % 1_000_000:06d}",
    )
    EntitlementAmount.objects.create(
        entitlement=right,
        from_month=SINCE,
        amount_fen=int(decision[TEKUN.amount] or 0),
        reason="migrated",
        cite=TEKUN.cite,
        decision=decision.as_json(),
        decided_on=SINCE - dt.timedelta(days=9),
    )
    ability = Ability.UNABLE if decision["care_unable"] else Ability.PARTLY if failing else Ability.ABLE
    return Support.objects.create(
        entitlement=right,
        person=person,
        region_id=person.region_id,
        place=place,
        place_since=SINCE,
        ability=ability,
        failures=failing,
        ability_since=SINCE,
    )
