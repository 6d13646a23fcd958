"""Writes the invented county into the master records by COPY: 20,000 people in a second or two."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import count
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from minzheng.demo.county.families import AS_OF, Family, Maker
from minzheng.demo.county.livelihood import give_livelihood
from minzheng.demo.county.trouble import AWAY, HOLDER_MOVED, Planted, plant
from minzheng.foundation.audit.record import record
from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.regions.names import is_urban

SEED = 431227
HOUSEHOLDS = 7500
CERTIFIED = ("disability_type", "disability_grade")
SHARED, CHECKED_ON = "政务数据共享", dt.date(2026, 7, 15)


def make_county(households: int = HOUSEHOLDS, seed: int = SEED) -> tuple[list[Family], Planted]:
    """The families, and the trouble planted among them. Reads only the villages from the database."""
    random = Random(seed)  # noqa: S311  a repeatable population, not a secret
    maker = Maker(random)
    villages = list(Region.objects.under("431227000000").filter(level=Level.VILLAGE).order_by("code"))
    weights = [random.uniform(2.5, 5) if is_urban(v.code) else random.uniform(0.6, 1.6) for v in villages]
    families = []
    for village in random.choices(villages, weights, k=households):
        category = "urban" if is_urban(village.code) else "rural"
        family = maker.family(village.code, category)
        give_livelihood(family, random)
        families.append(family)
    return families, plant(families, random)


def write_county(families: list[Family], planted: Planted) -> None:
    """All master records and fact sheets in one transaction, with one audit entry for the import."""
    load(AWAY[:4], down_to=Level.COUNTY)  # across the border, where some have moved
    with transaction.atomic():
        _number(families)
        people = [member for family in families for member in family.members]
        copy_rows(
            "people_person",
            PERSON,
            (_person(family, m, planted) for family in families for m in family.members),
        )
        copy_rows("people_household", HOUSEHOLD, (_household(family) for family in families))
        copy_rows("people_membership", MEMBERSHIP, _memberships(families))
        copy_rows("people_factsheet", SHEET, _sheets(families, planted))
        _analyze()
        record("demo.load", "导入演示县的虚构人口", actor=None, region="431227000000", people=len(people))


PERSON = (
    "id, id_no, name, sex, birth_date, ethnic, phone, bank_name, bank_account,"
    " hukou_region_id, region_id, address, died_on, created_at"
)
SEAL = {name: field_of(Person, name).sealed for name in ("id_no", "phone", "bank_account")}
HOUSEHOLD = "id, region_id, category, head_id, address, since"
MEMBERSHIP = 'household_id, person_id, relation, "order", since'
SHEET = "person_id, household_id, values, source, since, until, recorded_at"


def _number(families: list[Family]) -> None:
    """Give keys after those that exist, and move the sequences past them."""
    people, households = (_next_key(table) for table in ("people_person", "people_household"))
    for family in families:
        family.key = next(households)
        for member in family.members:
            member.key = next(people)
    with connection.cursor() as cursor:
        for table, last in (("people_person", next(people)), ("people_household", next(households))):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def _next_key(table: str) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")  # noqa: S608
        return count(cursor.fetchone()[0])


def copy_rows(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a table; an error names the line."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _analyze() -> None:
    """The planner must not take the tables for empty until autovacuum comes round."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person, people_household, people_membership, people_factsheet")


def _person(family: Family, m: Any, planted: Planted) -> tuple[Any, ...]:
    has_moved = any(one is m for one in planted.people[HOLDER_MOVED])
    return (
        m.key, SEAL["id_no"](m.id_no, m.key), m.name, m.sex, m.birth, m.ethnic, SEAL["phone"](m.phone, m.key),
        m.bank, SEAL["bank_account"](m.account, m.key),
        AWAY if has_moved else family.region, family.region, family.address, m.died_on, timezone.now(),
    )  # fmt: skip


def _household(family: Family) -> tuple[Any, ...]:
    return family.key, family.region, family.category, family.head.key, family.address, _since(family)


def _since(family: Family) -> dt.date:
    return max(dt.date(2012, 1, 1), min(member.birth for member in family.members))


def _memberships(families: list[Family]) -> Iterator[tuple[Any, ...]]:
    for family in families:
        for order, member in enumerate(family.members):
            yield family.key, member.key, member.relation, order, max(_since(family), member.birth)


def _sheets(families: list[Family], planted: Planted) -> Iterator[tuple[Any, ...]]:
    now = timezone.now()
    for family in families:
        yield None, family.key, json.dumps(family.facts, ensure_ascii=False), SHARED, AS_OF, None, now
        for member in family.members:
            # The certificate is on our own register (holders.py), the rest comes from others.
            shared = {name: value for name, value in member.facts.items() if name not in CERTIFIED}
            yield member.key, None, json.dumps(shared, ensure_ascii=False), SHARED, AS_OF, None, now
    for family, found in planted.checked:
        expires = CHECKED_ON + dt.timedelta(days=365 * 20)
        yield None, family.key, json.dumps(found), "核对", CHECKED_ON, expires, now
