"""Funerals of the county: a home at work this month, three burial places with their spots, times for Qingming. All invented."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.db import transaction

from minzheng.business.funeral.bills import make_bill, settle_with_family
from minzheng.business.funeral.models import (
    Basic,
    Council,
    Place,
    Price,
    Reception,
    Spot,
    SpotState,
    Term,
    Use,
)
from minzheng.business.funeral.receptions import cremate, receive
from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.county import names, numbers
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.booking.actions import open_counter
from minzheng.foundation.booking.models import Counter, Hours
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import LifeEvent, LifeEventKind, Person
from minzheng.foundation.regions.models import Level, Region

SEED = 158
CREMATED, SIGNED = 18, 2  # of this month; those whose certificate was made through the counter
DAY = dt.timedelta(days=1)
PRICES = (
    ("遗体接运（20公里内）", Basic.TRANSPORT, "次", 30_000),
    ("遗体冷藏存放", Basic.STORAGE, "日", 12_000),
    ("普通火化", Basic.CREMATION, "具", 70_000),
    ("骨灰寄存", Basic.ASHES, "年", 12_000),
    ("告别厅", "", "次", 40_000),
)
# (kind, name, spots: kind, rows, columns, area in m²)
PLACES = (
    ("ash_hall", "晃洲镇公益性骨灰堂", "niche", 8, 12, 600),
    ("village_cemetery", "新村公益性公墓", "plot", 6, 10, 1_200),
    ("eco_ground", "龙溪口生态安葬区", "tree", 5, 9, 3_000),
)


@transaction.atomic
def run_funerals(officers: Officers, days: Days) -> str:
    """Says how much there is; bulk, but for the few that go through the counter."""
    random = Random(SEED)  # noqa: S311  repeatable, not secret
    village = Region.objects.get(code=VILLAGE)
    owner = Organisation.objects.create(
        uscc=with_checks("12431227MB900001"), name="新晃县殡葬服务中心", kind="public", region=village,
        bank_name="新晃农商行", bank_account="621400158000001581",
    )  # fmt: skip
    home = _facility("funeral_home", "新晃县殡仪馆", village, owner, 0, {"furnaces": 2, "cold": 12})
    Price.objects.bulk_create(
        Price(
            home=home, region=village, name=name, basic=basic, unit=unit, fen=fen, document="虚构（演示）",
            since=dt.date(2020, 1, 1),
        )
        for name, basic, unit, fen in PRICES
    )  # fmt: skip
    dead = _dead(random, village, days)
    _at_the_home(officers, home, dead, days)
    spots = _places(random, village, owner, days)
    counter = Counter(
        kind="grave_visit",
        region=village,
        name="晃洲镇公益性骨灰堂祭扫",
        address="晃洲镇新村",
        facility=Facility.objects.filter(kind="ash_hall", region=village).first(),
    )
    hours = Hours(
        since=days.today, weekdays=[5, 6], follows_calendar=False, starts=dt.time(8), ends=dt.time(17), minutes=60,
        quota=60,
    )  # fmt: skip
    open_counter(officers.on("reviewer", days.today), counter, [hours])
    _councils(random, days)
    return f"本月火化 {CREMATED} 具，{spots} 个墓位（格位）"


def _facility(
    kind: str, name: str, region: Region, owner: Organisation, number: int, counts: dict[str, int]
) -> Facility:
    return Facility.objects.create(
        kind=kind, name=name, region=region, organisation=owner, address="晃洲镇新村", counts=counts,
        longitude=109.171 + number * 0.012, latitude=27.352 + number * 0.008, opened_on=dt.date(2009, 4, 1),
    )  # fmt: skip


def _dead(random: Random, village: Region, days: Days, count: int = 0) -> list[Person]:
    """Old people who are on no list of the demo: their deaths change nobody else's story."""
    made = []
    for number in range(count or CREMATED + 3):
        sex = "12"[number % 2]
        born = dt.date(random.randint(1928, 1952), random.randint(1, 12), random.randint(1, 28))
        first = f"431227{born:%Y%m%d}{700 + 2 * number + (sex == '1'):03d}"
        name = names.surname(random) + names.given_name(random, sex, born.year)
        made.append(
            Person(
                name=name, id_no=first + check_character(first), sex=sex, birth_date=born, region=village,
                hukou_region=village,
            )
        )  # fmt: skip
    return Person.objects.bulk_create(made)


def _at_the_home(officers: Officers, home: Facility, dead: list[Person], days: Days) -> None:
    """The month's cremations in bulk, two through the counter with their certificates, and one body that lies there."""
    random, today = Random(SEED), days.today  # noqa: S311  repeatable, not secret
    counter = officers.on("reviewer", today)
    bulk, rest = dead[: CREMATED - SIGNED], dead[CREMATED - SIGNED :]
    receptions = []
    for number, person in enumerate(bulk, 1):
        burnt = max(days.pay_month, today - DAY * (number % 20))
        received = burnt - DAY * random.randint(1, 2)
        person.died_on = received - DAY
        receptions.append(
            Reception(
                number=f"{today.year}-D-{number:05d}", home=home, region=home.region, person=person, source="hospital",
                certificate_no=f"演示{number:05d}", died_on=person.died_on, received_on=received,
                storage_until=received + DAY * 3, family_name=person.name[0] + "家属", family_relation="子女",
                family_phone=numbers.phone(random), confirmation_no=f"确{number:05d}", cremation_no=f"HHD{number:05d}",
                cremated_on=burnt, ended_on=burnt, video_until=burnt + DAY * 90, state="cremated",
                received_by=counter.user,
            )
        )  # fmt: skip
    Person.objects.bulk_update(bulk, ["died_on"])
    LifeEvent.objects.bulk_create(
        LifeEvent(
            person=one, kind=LifeEventKind.DEATH, happened_on=one.died_on, source="死亡医学证明", detail={"rank": 4}
        )
        for one in bulk
    )  # fmt: skip
    Reception.objects.bulk_create(receptions)
    signed = []
    for number, person in enumerate(rest):
        received = today - DAY * min(number, 2)
        signed.append(
            receive(
                counter,
                Reception(
                    home=home, person=person, source="hospital", certificate_no=f"医证{number}", died_on=received - DAY,
                    received_on=received, family_name=person.name[0] + "家属", family_relation="子女",
                    family_phone=numbers.phone(random),
                ),
            )
        )  # fmt: skip
    receptions += [
        cremate(counter, one, confirmation_no=f"确{one.pk}", cremated_on=today) for one in signed[:SIGNED]
    ]
    listed = {price.basic: price.pk for price in home.prices.all()}
    for number, one in enumerate(receptions[2:]):
        used = {Basic.TRANSPORT: 1, Basic.STORAGE: one.days_stored(today), Basic.CREMATION: 1}
        bill = make_bill(counter, one, {listed[basic]: quantity for basic, quantity in used.items()})
        if number % 4:
            settle_with_family(counter, bill)


def _places(random: Random, village: Region, owner: Organisation, days: Days) -> int:
    """About two hundred spots, some of them in use; a few terms end soon."""
    resting, total = iter(_resting(random, village)), 0
    for number, (kind, name, spot, rows, columns, area) in enumerate(PLACES, 1):
        facility = _facility(kind, name, village, owner, number, {})
        place = Place.objects.create(
            facility=facility, region=village, area=area, planned=rows * columns, land_no="虚构（演示）",
            villagers_only=kind == "village_cemetery", filing="filed" if kind == "village_cemetery" else "none",
            filed_on=dt.date(2010, 5, 4) if kind == "village_cemetery" else None, approval_no=f"虚构〔2009〕{number}号",
        )  # fmt: skip
        spots = [
            Spot(place=place, region=village, area="甲区", row=row, column=column, kind=spot)
            for row in range(1, rows + 1)
            for column in range(1, columns + 1)
        ]
        chosen = random.sample(spots, 10)
        for one in chosen:
            one.state = SpotState.USED
        for one in random.sample([one for one in spots if one not in chosen], 3):
            one.state = SpotState.RESERVED
        total += len(Spot.objects.bulk_create(spots))
        uses = [_use(one, next(resting), add_months(days.today, -random.randint(24, 238))) for one in chosen]
        Use.objects.bulk_create(uses)
        Term.objects.bulk_create(
            Term(use=use, cycle=1, since=use.since, until=use.until, decided_on=use.since) for use in uses
        )
    return total


def _use(spot: Spot, person: Person, since: dt.date) -> Use:
    return Use(
        spot=spot, region_id=spot.region_id, person=person, proof_no="原火化证明", family_name=person.name[0] + "家属",
        since=since, until=add_months(since, 240),
    )  # fmt: skip


def _resting(random: Random, village: Region) -> list[Person]:
    born = dt.date(1925, 3, 1)
    return Person.objects.bulk_create(
        Person(
            name=names.surname(random) + names.given_name(random, "1", born.year), sex="1", birth_date=born,
            region=village, died_on=dt.date(2006, 1, 1),
        )
        for _ in range(10 * len(PLACES))
    )  # fmt: skip


def _councils(random: Random, days: Days) -> None:
    villages = Region.objects.filter(level=Level.VILLAGE, code__startswith=TOWNSHIP[:9]).order_by("code")[:8]
    Council.objects.bulk_create(
        Council(
            region=village, head_name=names.surname(random) + names.given_name(random, "1", 1965),
            members=random.randint(5, 9), founded_on=dt.date(2019, 6, 1), charter_on=dt.date(2019, 7, 1),
            limits="宴席不超过十五桌，礼金不超过一百元", filed_on=dt.date(2019, 7, 20) if number % 4 else None,
        )
        for number, village in enumerate(villages)
    )  # fmt: skip
