"""Trouble for the signals (handbook 1.3): what hospitals, courts, schools, banks and registries reported about the county.

Beside the planted cases stand harmless ones just under each threshold, so that false alarms would show. The families
chosen own a car, so that no dibao decision changes with what is planted.
"""

from __future__ import annotations

import datetime as dt
import json
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from minzheng.datacenter.screening.scope import last_day
from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.demo.county.families import GRANDDAUGHTER, GRANDSON, Family, Someone
from minzheng.demo.county.livelihood import YUAN
from minzheng.demo.county.load import SEED, SHEET, copy_rows
from minzheng.demo.county.trouble import (
    DEAD_STILL_PAID,
    DUPLICATE,
    HOLDER_DEAD,
    HOLDER_MOVED,
    NOT_ENTITLED,
    Planted,
)

HOW_MANY = {
    "medical": 12, "disability": 8, "unemployment": 10, "earner": 6, "child": 3, "elder": 9, "reverse": 7,
    "identity": 3, "payment": 5,
}  # fmt: skip
SEVERE = ("一级", "二级")
Keys = dict[str, dict[str, list[int]]]


class SignalTrouble:
    """Collects sheets and changes for one county, then writes them at once."""

    def __init__(self, families: list[Family], planted: Planted, month: dt.date) -> None:
        self.random = Random(SEED + 1)  # noqa: S311  repeatable, not secret
        self.month_end = last_day(month)
        self.sheets: list[tuple[int | None, int | None, dict[str, object], str, dt.date]] = []
        self.died: list[tuple[int, dt.date]] = []
        self.moved: list[int] = []
        self.truth: Keys = {code: {"households": [], "people": []} for code in HOW_MANY}
        troubled = {id(family) for kind in planted.families.values() for family in kind}
        rest = [family for family in families if id(family) not in troubled]
        self.random.shuffle(rest)
        self.safe = [family for family in rest if not family.poor and family.facts.get("cars")]
        receiving, self.holders = _keys("household_id"), _keys("person_id")
        self.covered = [family for family in rest if family.key in receiving]
        self.families, self.planted = families, planted

    def days_before(self, days: int) -> dt.date:
        return self.month_end - dt.timedelta(days=days)

    def say(
        self, who: Someone | Family, days: int = 9, source: str = "政务数据共享", **values: object
    ) -> None:
        """One sheet of one source, so many days before the month's end."""
        person, household = (who.key, None) if isinstance(who, Someone) else (None, who.key)
        self.sheets.append((person, household, values, source, self.days_before(days)))

    def found(self, code: str, who: Someone | Family) -> None:
        self.truth[code]["people" if isinstance(who, Someone) else "households"].append(who.key)

    def take(self, count: int, fits: object = lambda family: True) -> list[Family]:
        chosen = [family for family in self.safe if fits(family)][:count]  # type: ignore[operator]
        taken = {id(family) for family in chosen}
        self.safe = [family for family in self.safe if id(family) not in taken]
        return chosen

    def plant(self) -> None:
        self._certificates()
        self._medical()
        self._disability()
        self._unemployment()
        self._earner()
        self._child()
        self._elder()
        self._reverse()
        self._identity()
        self._payment()

    def _certificates(self) -> None:
        """Everybody's certificate of disability has a date; all these are years old."""
        for family in self.families:
            for member in family.members:
                if member.facts.get("disability_grade"):
                    year = max(member.birth.year + 2, self.random.randint(2012, 2024))
                    self.say(member, disability_certified_on=f"{min(year, 2025)}-03-15")

    def _medical(self) -> None:
        for place, family in enumerate(self.take(300)):
            if place < HOW_MANY["medical"]:
                self.found("medical", family)
                self.say(family.head, self_paid_medical=self.random.randint(20_000, 90_000) * YUAN)
            else:
                self.say(family.head, self_paid_medical=self.random.randint(100, 1500) * YUAN)

    def _disability(self) -> None:
        for family in self.take(
            HOW_MANY["disability"], lambda f: _healthy(f.head) and 20 < f.head.age() < 58
        ):
            self.found("disability", family.head)
            self.say(
                family.head,
                disability_type="肢体",
                disability_grade=self.random.choice(SEVERE),
                disability_certified_on=self.days_before(40).isoformat(),
            )

    def _unemployment(self) -> None:
        count = HOW_MANY["unemployment"]
        for place, family in enumerate(self.take(count + 6, lambda f: 20 < f.head.age() < 58)):
            stopped = self.days_before(160 if place < count else 20)
            self.say(family.head, unemployment_registered=True, insurance_stopped_on=stopped.isoformat())
            if place < count:
                self.found("unemployment", family.head)

    def _earner(self) -> None:
        earns = lambda f: len(f.members) > 1 and f.head.facts.get("wage")  # noqa: E731
        for place, family in enumerate(self.take(HOW_MANY["earner"], earns)):
            self.found("earner", family)
            if place % 2:
                self.say(family.head, custody_status="服刑")
            else:
                self.died.append((family.members[0].key, self.days_before(self.random.randint(20, 80))))

    def _child(self) -> None:
        with_grandchild = lambda f: any(_grandchild(m) for m in f.members)  # noqa: E731
        for place, family in enumerate(self.take(HOW_MANY["child"] + 8, with_grandchild)):
            child = next(member for member in family.members if _grandchild(member))
            if place >= HOW_MANY["child"]:
                self.say(child, father_state="死亡", mother_state="正常", dropped_out=False)
                continue
            self.found("child", child)
            lost = {"dropped_out": True} if place == 0 else {"father_state": "死亡", "mother_state": "失联"}
            self.say(child, **lost)

    def _elder(self) -> None:
        """All lone elders but these were visited in the last weeks."""
        lone = [(family, living[0]) for family in self.families if len(living := _living(family)) == 1]
        lone = [(family, elder) for family, elder in lone if elder.age(self.month_end) >= 80]
        self.random.shuffle(lone)
        for place, (family, elder) in enumerate(lone):
            if place < HOW_MANY["elder"]:
                self.found("elder", elder)
                if place % 2:
                    self.say(family, self.random.randint(60, 200), "入户调查")
            else:
                self.say(family, self.random.randint(1, 59), "入户调查")

    def _reverse(self) -> None:
        for family in self.planted.families[NOT_ENTITLED]:
            self.found("reverse", family)
        for place, family in enumerate(self._take_covered(HOW_MANY["reverse"])):
            self.found("reverse", family)
            self.say(family.head, **{"business_registered" if place % 2 else "employee_pension": True})

    def _identity(self) -> None:
        people = self.planted.people
        for person in (*people[DEAD_STILL_PAID], *people[HOLDER_DEAD], *people[HOLDER_MOVED]):
            self.found("identity", person)
        for person, twin in zip(people[DUPLICATE][::2], people[DUPLICATE][1::2], strict=True):
            if {person.key, twin.key} & self.holders:
                self.found("identity", twin)
        for family in self._take_covered(HOW_MANY["identity"]):
            self.found("identity", family.head)
            self.moved.append(family.head.key)

    def _payment(self) -> None:
        for place, family in enumerate(self._take_covered(HOW_MANY["payment"] + 15)):
            is_idle = place < HOW_MANY["payment"]
            self.say(
                family.head,
                account_idle_months=self.random.randint(3, 9) if is_idle else self.random.randint(1, 2),
            )
            if is_idle:
                self.found("payment", family.head)

    def _take_covered(self, count: int) -> list[Family]:
        chosen, self.covered = self.covered[:count], self.covered[count:]
        return chosen

    def write(self) -> None:
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            copy_rows(
                "people_factsheet",
                SHEET,
                (
                    (person, household, json.dumps(values, ensure_ascii=False), source, since, None, now)
                    for person, household, values, source, since in self.sheets
                ),
            )
            cursor.executemany(
                "UPDATE people_person SET died_on = %s WHERE id = %s", [(on, key) for key, on in self.died]
            )
            cursor.executemany(
                "UPDATE people_membership SET until = %s WHERE person_id = %s AND until IS NULL",
                [(on, key) for key, on in self.died],
            )
            cursor.executemany(
                "INSERT INTO people_lifeevent (person_id, kind, happened_on, source, detail, recorded_at)"
                " VALUES (%s, 'move', %s, '公安户籍', '{}', %s)",
                [(key, self.days_before(60), now) for key in self.moved],
            )
            cursor.execute(
                "UPDATE people_person SET hukou_region_id = %s WHERE id = ANY(%s)",
                [SIBLING_COUNTY, self.moved],
            )
            cursor.execute("ANALYZE people_factsheet")


def plant_signals(families: list[Family], planted: Planted, month: dt.date) -> Keys:
    """Write the trouble of the month (its first day), after the rights; returns {signal: keys it should find}."""
    trouble = SignalTrouble(families, planted, month)
    trouble.plant()
    trouble.write()
    return trouble.truth


def _keys(column: str) -> set[int]:
    """Households or people who hold a right."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM benefits_entitlement WHERE {column} IS NOT NULL")  # noqa: S608
        return {key for (key,) in cursor.fetchall()}


def _living(family: Family) -> list[Someone]:
    return [member for member in family.members if not member.died_on]


def _healthy(member: Someone) -> bool:
    return not member.facts.get("disability_grade") and not member.facts.get("serious_illness")


def _grandchild(member: Someone) -> bool:
    return member.relation in (GRANDSON, GRANDDAUGHTER) and 6 <= member.age() < 16
