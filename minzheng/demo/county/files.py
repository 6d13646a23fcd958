"""Files as other departments would send them about the invented county: mostly right, with the slips that occur.

They agree with what is planted (trouble.py): the dead who are still paid were cremated, the cars and savings that the
data check found stand in the lists. Some rows lack a number or have one mistyped, so that there is somebody to match.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from random import Random

from minzheng.datacenter.deliveries.actions import deliver
from minzheng.datacenter.deliveries.load import load_delivery
from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.demo.county.families import COUNTY, Family, Someone
from minzheng.demo.county.load import SEED
from minzheng.demo.county.trouble import DEAD_STILL_PAID, NOT_ENTITLED, Planted
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

SLIPS = 6  # rows of a list with no number, or one digit of it wrong
OUTSIDERS = (("杨某一", "1931-04-05"), ("吴某二", "1940-07-19"), ("姚某三", "1936-11-30"))


def deliver_files(families: list[Family], planted: Planted, month: dt.date, officer: User) -> list[Delivery]:
    """Deliver and load the files of a month through the ordinary import; returns the deliveries."""
    access, region = Access(officer), Region.objects.get(code=COUNTY.ljust(12, "0"))
    made, files = [], lists(families, planted)
    files["file.disability"][1].extend(_others_certificates(families))
    for code, (head, rows) in files.items():
        held = io.StringIO()
        csv.writer(held).writerows([head, *rows])
        content = held.getvalue().encode("gb18030")
        delivery = deliver(access, shelf(FileFormat).get(code), region, month, content, f"{code}.csv")
        made.append(load_delivery(delivery.pk, similar=False))
    return made


def lists(families: list[Family], planted: Planted) -> dict[str, tuple[list[str], list[list[object]]]]:
    """{format: (headers, rows)}, the same at every run."""
    random = Random(SEED)  # noqa: S311  repeatable, not secret
    troubled = {id(family) for found in planted.families.values() for family in found}
    quiet = [family for family in families if id(family) not in troubled]
    found = dict(_checked(planted))
    return {
        "file.cremations": (["身份证号", "姓名", "出生日期", "死亡日期"], _cremations(planted)),
        "file.deregistrations": (["身份证号", "姓名", "出生日期", "死亡日期"], _deregistered(quiet)),
        "file.vehicles": (["身份证号", "姓名", "号牌号码", "状态"], _vehicles(families, found)),
        "file.deposits": (
            ["身份证号", "姓名", "开户银行", "余额"],
            [[one.id_no, one.name, one.bank, f"{fen / 100:.2f}"] for one, fen in _savers(planted)],
        ),
        "file.disability": (
            ["身份证号", "姓名", "出生日期", "残疾类别", "残疾等级", "证件状态"],
            _certificates(families, quiet, random),
        ),
    }


def _cremations(planted: Planted) -> list[list[object]]:
    rows: list[list[object]] = [
        [one.id_no, one.name, one.birth, one.died_on] for one in planted.people[DEAD_STILL_PAID]
    ]
    return rows + [["", name, birth, "2026-06-01"] for name, birth in OUTSIDERS]


def _deregistered(quiet: list[Family]) -> list[list[object]]:
    """Two of whom only the police say so: somebody must look."""
    old = [m for family in quiet for m in family.members if m.age() >= 88 and m.died_on is None]
    return [[one.id_no, one.name, one.birth, "2026-09-12"] for one in old[:2]]


def _checked(planted: Planted) -> Iterable[tuple[int, int]]:
    for family, facts in planted.checked:
        yield id(family), int(facts.get("cars", 0))  # type: ignore[call-overload]


def _vehicles(families: list[Family], found: dict[int, int]) -> list[list[object]]:
    owners = [family.head for family in families if family.facts.get("cars") or found.get(id(family))]
    return [
        [one.id_no, one.name, f"湘N{place:05d}", "报废" if place % 40 == 39 else "正常"]
        for place, one in enumerate(owners)
    ]


def _savers(planted: Planted) -> Iterable[tuple[Someone, int]]:
    kept = {id(family) for family in planted.families[NOT_ENTITLED]}
    for family, facts in planted.checked:
        if id(family) in kept and "deposits" in facts:
            yield family.head, int(facts["deposits"])  # type: ignore[call-overload]


def _certificates(families: list[Family], quiet: list[Family], random: Random) -> list[list[object]]:
    holders = [m for family in families for m in family.members if m.facts.get("disability_grade")]
    calm = {id(m) for family in quiet for m in family.members}
    slips = random.sample([m for m in holders if id(m) in calm and len(m.name) > 2], SLIPS)
    rows: list[list[object]] = []
    for one in holders:
        number = one.id_no
        if one in slips:
            place = slips.index(one)
            number = "" if place % 2 else number[:15] + str((int(number[15]) + 3) % 10) + number[16:]
        grade = str(one.facts["disability_grade"])
        rows.append([number, one.name, one.birth, f"{one.facts['disability_type']}残疾", grade, "正常"])
    rows[7][4] = "五级"  # what no list should say
    return rows


def _others_certificates(families: list[Family]) -> Iterable[list[object]]:
    """Of people who are in the records but not among the invented families: a complete list names them too."""
    invented = {member.key for family in families for member in family.members}
    sheets = FactSheet.objects.filter(person__isnull=False, values__has_key="disability_grade")
    for sheet in (
        sheets.exclude(person__in=invented).exclude(values__disability_grade="无").select_related("person")
    ):
        one, values = sheet.person, sheet.values
        yield [
            one.id_no,
            one.name,
            one.birth_date,
            values["disability_type"],
            values["disability_grade"],
            "正常",
        ]
