"""Homes, centres and points of the demo county, where villages' offices stand, and who lives in the homes. All invented."""

from __future__ import annotations

import datetime as dt
import math
from random import Random

from django.db import transaction

from minzheng.business.elderly.institutions.models import (
    Bed,
    BedState,
    CarePlace,
    Home,
    Resident,
    Stay,
    SubsidyYear,
)
from minzheng.demo.cast import COUNTY
from minzheng.demo.county.load import SEED
from minzheng.demo.county.places_life import STAFF, write_life
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import Level, Region, within

# A rectangle well inside the county; townships lie on a spiral in it, villages around their township.
WEST, EAST, SOUTH, NORTH = 108.93, 109.32, 27.18, 27.44
GOLDEN = math.pi * (3 - math.sqrt(5))
GRADES = ("能力完好", "轻度失能", "中度失能", "重度失能", "完全失能")
PLAIN, NURSING, DEMENTIA = "plain", "nursing", "dementia"
# (name, ownership, rating, beds: plain, nursing, dementia, of which for tekun, occupied, brand)
HOMES = (
    ("新晃县社会福利中心", "public", 3, (12, 26, 4), 20, 34, ""),
    ("晃洲镇敬老院", "public", 1, (14, 10, 0), 18, 16, ""),
    ("安康颐养院（晃洲店）", "private", 4, (8, 22, 4), 0, 22, "安康颐养"),
    ("安康颐养院（波洲店）", "private", 0, (8, 14, 0), 0, 9, "安康颐养"),
)


def write_places(today: dt.date, like: str = "clerk") -> str:
    """Facilities, beds and residents in bulk; returns what was made, in words. `like`: whose password the institution gets."""
    random = Random(SEED)  # noqa: S311  repeatable, not secret
    villages = list(
        Region.objects.on(today)
        .filter(level=Level.VILLAGE, code__startswith=COUNTY[:6])
        .select_related("parent")
        .order_by("code")
    )
    with transaction.atomic():
        seats = _seats(villages, random)
        owners = _owners(villages[0])
        homes = _homes(owners, villages, seats, today)
        _points(villages, seats, random, today)
        taken = _residents(homes, random, today)
        write_life(homes, random, today)
        _account(owners[2], villages[0], like)
    beds = Bed.objects.count()
    return f"{len(homes)} 家养老机构、{beds} 张床位、{taken} 位老人，{Facility.objects.count() - len(homes)} 处社区和农村服务点"


def _seats(villages: list[Region], random: Random) -> dict[str, tuple[float, float]]:
    townships = sorted({village.parent_id or "" for village in villages})
    middle, half = ((WEST + EAST) / 2, (SOUTH + NORTH) / 2), ((EAST - WEST) / 2, (NORTH - SOUTH) / 2)
    centres = {}
    for number, code in enumerate(townships):
        far, turn = math.sqrt((number + 0.5) / len(townships)) * 0.9, number * GOLDEN
        centres[code] = (
            middle[0] + half[0] * far * math.cos(turn),
            middle[1] + half[1] * far * math.sin(turn),
        )
    seats = {}
    for village in villages:
        east, north = centres[village.parent_id or ""]
        spot = (
            min(EAST, max(WEST, east + random.gauss(0, 0.022))),
            min(NORTH, max(SOUTH, north + random.gauss(0, 0.016))),
        )
        seats[village.code] = (round(spot[0], 5), round(spot[1], 5))
    Seat.objects.bulk_create(
        Seat(region_id=code, longitude=spot[0], latitude=spot[1], source="演示（虚构）")
        for code, spot in seats.items()
    )
    return seats


def _owners(village: Region) -> list[Organisation]:
    names = (
        ("12", "新晃县社会福利中心", "public"),
        ("12", "晃洲镇敬老院", "public"),
        ("91", "怀化安康颐养服务有限公司", "company"),
    )
    return Organisation.objects.bulk_create(
        Organisation(
            uscc=with_checks(f"{start}{COUNTY[:6]}MA00001{number}"),
            name=name,
            kind=kind,
            region=village,
            legal_rep_name="吴桂英",
            bank_name="新晃农商行",
            bank_account=f"62148{number:014d}",
            founded_on=dt.date(2012, 3, 1),
        )
        for number, (start, name, kind) in enumerate(names)
    )


def _homes(
    owners: list[Organisation], villages: list[Region], seats: dict[str, tuple[float, float]], today: dt.date
) -> list[Home]:
    town = [village for village in villages if village.parent and village.parent.name == "晃洲镇"] or villages
    beyond = [
        village for village in villages if village.parent and village.parent.name == "波洲镇"
    ] or villages
    places = [town[0], town[len(town) // 3], town[len(town) // 2], beyond[0]]
    homes = []
    for number, (name, ownership, grade, beds, tekun, _, brand) in enumerate(HOMES):
        at = places[number]
        facility = Facility.objects.create(
            kind="elder_home",
            name=name,
            region=at,
            organisation=owners[min(number, 2)],
            address=f"{at.name}{number + 1}号",
            phone=f"0745622{number + 1:04d}",
            longitude=seats[at.code][0] + 0.002,
            latitude=seats[at.code][1] + 0.001,
            counts={"beds": sum(beds), "staff": sum(count for _, count in STAFF)},
            opened_on=dt.date(2016 + number, 5, 1),
        )
        homes.append(
            Home.objects.create(
                facility=facility,
                ownership=ownership,
                is_profit=ownership == "private",
                filing="filed" if number < 3 else "none",
                filed_on=dt.date(2021, 3, 1) if number < 3 else None,
                first_admission_on=facility.opened_on,
                grade=grade,
                grade_until=add_months(month_of(today), 20) if grade else None,
                chain=brand,
                chain_verified_on=dt.date(2024, 6, 1) if brand else None,
                monthly_bed_fee_fen=80_000,
                food_permit_no=f"JY3431227000{number}",
                food_permit_until=add_months(month_of(today), 14),
            )
        )
        _beds(homes[-1], beds, tekun, today)
    SubsidyYear.objects.bulk_create(
        SubsidyYear(home=home, benefit=benefit, year=year)
        for home in homes[:3]
        for benefit, has_it in (
            ("home_operating", True), ("home_chain", bool(home.chain)), ("home_rating", bool(home.grade)),
        )
        for year in (today.year - 1, today.year)
        if has_it
    )  # fmt: skip
    return homes


def _beds(home: Home, beds: tuple[int, ...], tekun: int, today: dt.date) -> None:
    """Four to a room; the last eight were opened this year."""
    kinds = [kind for kind, count in zip((PLAIN, NURSING, DEMENTIA), beds, strict=True) for _ in range(count)]
    this_year = today.replace(month=1, day=15) if today.month > 1 else today.replace(day=1)
    Bed.objects.bulk_create(
        Bed(
            home=home,
            number=f"{1 + one // 40}{one // 4 % 10 + 1:02d}-{one % 4 + 1}",
            kind=kind,
            is_tekun=one < tekun,
            project="县福利中心二期" if one >= len(kinds) - 8 else "",
            opened_on=this_year if one >= len(kinds) - 8 else home.facility.opened_on,
        )
        for one, kind in enumerate(kinds)
    )


def _points(
    villages: list[Region], seats: dict[str, tuple[float, float]], random: Random, today: dt.date
) -> None:
    made, townships = [], set()
    for number, village in enumerate(villages):
        kinds = []
        if village.parent_id not in townships:
            townships.add(village.parent_id)
            kinds.append(("street_centre", "综合养老服务中心", {"beds": 6, "staff": 4}))
        if number % 12 == 1:
            kinds.append(("day_care", "日间照料中心", {"seats": 12, "staff": 3}))
        if number % 9 == 4:
            kinds.append(("elder_canteen", "老年助餐点", {"seats": 24}))
        if random.random() < 0.45:
            kinds.append(("mutual_aid", "互助养老点", {"helpers": 3}))
        for kind, title, counts in kinds:
            made.append(
                Facility(
                    kind=kind,
                    name=f"{village.name}{title}",
                    region=village,
                    address=f"{village.name}村部旁",
                    phone=f"0745{6220000 + 100 + len(made)}",
                    longitude=round(seats[village.code][0] + random.gauss(0, 0.003), 5),
                    latitude=round(seats[village.code][1] + random.gauss(0, 0.002), 5),
                    counts=counts,
                    opened_on=dt.date(2019 + number % 6, 6, 1),
                )
            )
    Facility.objects.bulk_create(made)


def _residents(homes: list[Home], random: Random, today: dt.date) -> int:
    """Old people of the county, assessed before they moved in; the frailer ones lie in nursing beds."""
    born = add_months(today, -12 * 70)
    wanted = sum(facts[5] for facts in HOMES)
    people = list(
        Person.objects.filter(birth_date__lte=born, died_on__isnull=True)
        .filter(within(COUNTY[:6]))
        .exclude(accounts__isnull=False)
        .order_by("birth_date", "pk")[:wanted]
    )
    residents, beds_of, levels = [], [], []
    rest = iter(people)
    for home, facts in zip(homes, HOMES, strict=True):
        for bed in list(home.beds.order_by("-kind", "number"))[: facts[5]]:
            person = next(rest, None)
            if person is None:
                break
            level = random.choice((2, 2, 3, 3, 4)) if bed.kind == NURSING else random.choice((0, 1, 1, 2))
            since = max(add_months(month_of(today), -random.randint(3, 16)), bed.opened_on)
            residents.append(
                Resident(
                    home=home,
                    person=person,
                    admitted_on=since,
                    assessed_on=since,
                    contract_no=f"HT{home.pk}-{len(residents) + 1:03d}",
                    contract_until=add_months(month_of(today), random.randint(1, 20)),
                    emergency_name="杨大山",
                    emergency_phone="13974500000",
                    is_tekun=bed.is_tekun and home.ownership == "public",
                )
            )
            beds_of.append(bed)
            levels.append(level)
    Resident.objects.bulk_create(residents)
    found = list(zip(residents, beds_of, levels, strict=True))
    FactSheet.objects.bulk_create(
        FactSheet(
            person=one.person,
            values={"ability_grade": GRADES[level]},
            source="能力评估",
            since=one.assessed_on,
        )
        for one, _, level in found
    )
    CarePlace.objects.bulk_create(
        CarePlace(person=one.person, kind="institution", since=one.admitted_on) for one, _, _ in found
    )
    Stay.objects.bulk_create(
        Stay(bed=bed, resident=one, person=one.person, level=level, since=one.admitted_on)
        for one, bed, level in found
    )
    Bed.objects.filter(pk__in=[bed.pk for bed in beds_of]).update(state=BedState.OCCUPIED)
    return len(residents)


def _account(owner: Organisation, village: Region, like: str) -> None:
    """The log-in of the chain that runs two of the homes."""
    person = Person.objects.create(name="吴桂英", region=village, hukou_region=village, sex="2")
    password = User.objects.get(username=like).password
    user = User.objects.create(username="home", display_name="吴桂英", person=person, password=password)
    Assignment.objects.create(
        user=user, role=Role.INSTITUTION, region_id=COUNTY, organisation=owner, since=dt.date(2020, 1, 1)
    )
