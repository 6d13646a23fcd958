"""Disabled and old people of the county: certificates, the subsidies and allowances that the old system paid, trouble.

Certificates and months of care follow from the birthday, so that they do not move the county's other choices.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from minzheng.business.disability.benefits import LIVING, NURSING
from minzheng.business.disability.models import Certificate
from minzheng.business.elderly.benefits import ALLOWANCE, age_reached
from minzheng.datacenter.screening.due import everybody_due, populations
from minzheng.demo.county.families import COUNTY, Family, Someone
from minzheng.demo.county.load import copy_rows
from minzheng.demo.county.trouble import (
    ELDER_MISSED,
    HOLDER_DEAD,
    HOLDER_EXPIRED,
    HOLDER_MOVED,
    Planted,
)
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.crypto.rowkey import draw
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.population import population_columns

CERTIFICATE = "id, id_no, name, region_id, kind, grade, issued_on, valid_until"
RIGHT = (
    "id, benefit, household_id, person_id, payee_id, account_name, region_id, case_number, state, grade,"
    " since_month, end_reason, paid_before, review_due, granted_at"
)
AMOUNT = "entitlement_id, from_month, amount_fen, reason, cite, decision, decided_on, recorded_at"
EVENT = "person_id, kind, happened_on, source, detail, recorded_at"
FIRST = dt.date(2026, 1, 1)
VALID_YEARS = 10


def write_certificates(families: list[Family], planted: Planted) -> int:
    """One certificate for everybody whose facts speak of a disability; those planted as expired have run out."""
    expired = {id(person) for person in planted.people[HOLDER_EXPIRED]}
    held = [
        (person, family)
        for family in families
        for person in family.members
        if "disability_type" in person.facts
    ]
    seal, keys = field_of(Certificate, "id_no").sealed, draw(Certificate, len(held))
    rows = [
        (
            key,
            seal(person.id_no, key),
            person.name,
            family.region,
            *_stated(person),
            *_valid(person, id(person) in expired),
        )
        for key, (person, family) in zip(keys, held, strict=True)
    ]
    copy_rows("disability_certificate", CERTIFICATE, rows)
    copy_rows("people_lifeevent", EVENT, _moves(planted))
    return len(rows)


def _stated(person: Someone) -> tuple[object, object]:
    return person.facts["disability_type"], person.facts["disability_grade"]


def _valid(person: Someone, is_expired: bool) -> tuple[dt.date, dt.date]:
    """(issued, last day): issued 2017 to 2024, or so long ago that it ran out this spring."""
    issued = dt.date(2017, 1, 1) + dt.timedelta(days=person.birth.toordinal() * 7 % 2900)
    if is_expired:
        issued = dt.date(2016, 3, 1) + dt.timedelta(days=person.birth.toordinal() % 100)
    return issued, issued.replace(year=issued.year + VALID_YEARS, day=min(issued.day, 28))


def _moves(planted: Planted) -> Iterator[tuple[Any, ...]]:
    for person in planted.people[HOLDER_MOVED]:
        yield person.key, "move", dt.date(2026, 6, 12), "公安户籍", "{}", timezone.now()


def write_person_rights(families: list[Family], planted: Planted, paid_until: dt.date) -> int:
    """Subsidies and allowances as they are paid, trouble included; after dibao, on which they rest."""
    homes = {person.key: (family, person) for family in families for person in family.members}
    asked = populations([LIVING, NURSING, ALLOWANCE], paid_until)
    paid = {
        due.benefit.code: due.by_subject()
        for due in everybody_due(asked, paid_until, COUNTY, population_columns)
    }
    for person in planted.people[ELDER_MISSED]:
        paid[ALLOWANCE.code].pop(person.key, None)
    usual = max(paid[NURSING.code].values(), default=0)
    for kind in (HOLDER_DEAD, HOLDER_EXPIRED):
        for person in planted.people[kind]:
            paid[NURSING.code][person.key] = usual
    return sum(
        _write(benefit, paid[benefit.code], homes, paid_until) for benefit in (LIVING, NURSING, ALLOWANCE)
    )


def _write(
    benefit: Benefit, paid: dict[int, int], homes: dict[int, tuple[Family, Someone]], paid_until: dt.date
) -> int:
    rights, amounts = [], []
    decision, now = json.dumps({"来源": "原系统导入（虚构）"}, ensure_ascii=False), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM benefits_entitlement")
        first = cursor.fetchone()[0]
        holders = [key for key in paid if key in homes]
        for key, holder in enumerate(holders, first):
            family, person = homes[holder]
            since = _since(benefit, person, paid_until)
            rights.append((
                key, benefit.code, None, holder, holder, "", family.region, f"原系统{key:06d}", "active", "",
                since, "", paid_until, add_months(paid_until, 1 + holder % 12), now,
            ))  # fmt: skip
            decided = since - dt.timedelta(days=9)
            amounts.append((key, since, paid[holder], "migrated", benefit.cite, decision, decided, now))
        copy_rows("benefits_entitlement", RIGHT, rights)
        copy_rows("benefits_entitlementamount", AMOUNT, amounts)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('benefits_entitlement', 'id'), %s)", [first + len(holders)]
        )
    return len(holders)


def _since(benefit: Benefit, person: Someone, paid_until: dt.date) -> dt.date:
    """Since this year, or since the birthday's month if that is later."""
    if benefit is not ALLOWANCE:
        return FIRST
    # The amount is that of today's band: who came into it this year holds it from that month on.
    reached = [
        age_reached(Person(birth_date=person.birth, region_id=f"{COUNTY}000000"), FIRST),
        *(dt.date(person.birth.year + age, person.birth.month, 1) for age in (90, 100)),
    ]
    return max(
        [FIRST, *(month_of(day) for day in reached if day and day >= FIRST and month_of(day) <= paid_until)]
    )
