"""Old people who are cared for at home: assessed, ordered for, visited, six beds, three renovations; all of it this month's."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.utils import timezone

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.homecare.models import Alarm, CareBed, Device
from minzheng.business.elderly.institutions.models.beds import CarePlace
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.elderly.visiting.models import Visited
from minzheng.business.elderly.visiting.rounds import enrol
from minzheng.demo.cast import COUNTY
from minzheng.demo.county.places import GRADES
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.models import Contract, Needs, Order, State, Worker
from minzheng.foundation.services.words import ServiceKind

ASSESSED, BEDS, RENOVATED, ORDERS = 40, 6, 3, 60
SEED = 92
LEVELS = (0, 1, 1, 2, 2, 2, 3, 3, 4)  # how often each grade comes
POINTS = ((90, 90), (66, 89), (46, 65), (30, 45), (0, 29))
STATES = (
    State.ASKED, State.ACCEPTED, State.DONE, State.CONFIRMED, State.CONFIRMED, State.CONFIRMED, State.CANCELLED
)  # fmt: skip
PRICES = {
    "meal": 1200, "bath": 8000, "clean": 4500, "urgent": 10_000, "medical": 6000, "visit": 2000, "respite": 15_000,
    "counsel": 8000, "rehab": 9000, "care": 5000,
}  # fmt: skip


def write_cared(today: dt.date) -> str:
    """A provider with its account `provider`, and what is going on at home; returns what to say of it."""
    draw = Random(SEED)  # noqa: S311  repeatable, not secret
    elders = _elders(today)
    provider, worker = _provider(today)
    _assess(elders, today, draw)
    _orders(elders, provider, worker, today, draw)
    _beds(elders, provider, today)
    new = enrol(COUNTY, today)
    Visited.objects.filter(person__in=elders[::2]).update(last_visit=today - dt.timedelta(days=4), well=True)
    Visited.objects.filter(person__in=elders[1::8]).update(next_due=today)
    return f"{len(elders)} 人已评估，{ORDERS} 张工单，{BEDS} 张家庭床位，探访对象 {new} 人"


def _elders(today: dt.date) -> list[Person]:
    old = Person.objects.filter(died_on=None, birth_date__lte=dt.date(today.year - 66, 1, 1))
    here = old.filter(within(COUNTY[:6]))
    return list(
        here.exclude(pk__in=CarePlace.objects.values("person_id")).order_by("birth_date", "id")[:ASSESSED]
    )


def _provider(today: dt.date) -> tuple[Organisation, Worker]:
    provider = Organisation.objects.create(
        uscc=with_checks("52431227MJ000777"), name="新晃夜郎居家养老服务中心", kind="service_body", region_id=COUNTY,
        bank_name="新晃农商银行", bank_account="82011200000000777",
    )  # fmt: skip
    Contract.objects.create(
        number=f"晃民购〔{today.year}〕6号", title="居家养老服务购买", provider=provider, region_id=COUNTY,
        kinds=[kind.code for kind in shelf(ServiceKind)], since=dt.date(today.year, 1, 1),
        until=dt.date(today.year, 12, 31), amount_fen=60_000_000, deliverables="全年上门服务不少于3000次，满意率不低于90%",
    )  # fmt: skip
    worker = Worker.objects.create(
        provider=provider, region_id=COUNTY, name="向梅", id_no="431227198506060022", skill="养老护理员（中级）",
        since=dt.date(today.year - 1, 3, 1),
    )  # fmt: skip
    like = User.objects.get(username="helper")
    user, _ = User.objects.get_or_create(
        username="provider", defaults={"display_name": "居家养老服务中心", "password": like.password}
    )
    Assignment.objects.get_or_create(
        user=user, role=Role.INSTITUTION, region_id=COUNTY, organisation=provider,
        defaults={"since": dt.date(today.year - 1, 1, 1)},
    )  # fmt: skip
    return provider, worker


def _assess(elders: list[Person], today: dt.date, draw: Random) -> None:
    staff = {
        one.username: one.person for one in User.objects.filter(username__in=("clerk", "clerk2", "reviewer"))
    }
    made = []
    for number, person in enumerate(elders):
        level = 2 + number % 2 if number < BEDS else draw.choice(LEVELS)
        points = draw.randint(*POINTS[level])
        senses, movement = min(15, points // 6), min(15, points // 6)
        mind = min(28, points // 3)
        selfcare = points - senses - movement - mind
        if selfcare > 32:
            mind, selfcare = mind + selfcare - 32, 32
        on = today - dt.timedelta(days=draw.randint(5, 340))
        made.append(
            Assessment(
                person=person, region_id=person.region_id, reason="首次评估", assessed_on=on,
                valid_until=on + dt.timedelta(days=364), selfcare=selfcare, movement=movement, mind=mind, senses=senses,
                points=points, first_level=level, level=level, assessor=staff["clerk"], second=staff["clerk2"],
                supervisor=staff["reviewer"],
            )
        )  # fmt: skip
    Assessment.objects.bulk_create(made)
    FactSheet.objects.bulk_create(
        FactSheet(
            person=one.person, values={"ability_grade": GRADES[one.level]}, source="能力评估", since=one.assessed_on,
            until=one.valid_until + dt.timedelta(days=1),
        )
        for one in made
    )  # fmt: skip
    helper = User.objects.get(username="helper")
    Needs.objects.bulk_create(
        Needs(
            person=person, region_id=person.region_id, needs=draw.sample(["living", "care", "psychology", "social"], 2),
            assessed_on=today - dt.timedelta(days=20), assessed_by=helper,
        )
        for person in elders[:12]
    )  # fmt: skip


def _orders(
    elders: list[Person], provider: Organisation, worker: Worker, today: dt.date, draw: Random
) -> None:
    contract, helper, now = provider.contracts.get(), User.objects.get(username="helper"), timezone.now()
    made = []
    for number in range(ORDERS):
        person, kind = draw.choice(elders), draw.choice(list(PRICES))
        state = STATES[number % len(STATES)]
        asked = (
            now - dt.timedelta(hours=2 + number * 9)
            if state not in (State.ASKED, State.ACCEPTED)
            else now - dt.timedelta(minutes=20 + number * 7)
        )
        is_done, taken = state in (State.DONE, State.CONFIRMED), state not in (State.ASKED, State.CANCELLED)
        begun = asked + dt.timedelta(minutes=70) if is_done else None
        made.append(
            Order(
                person=person, region_id=person.region_id, kind=kind, channel=draw.choice(["helper", "family", "hotline"]),
                payer="purchase", state=state, provider=provider if taken else None, contract=contract if taken else None,
                worker=worker if taken else None, asked_by=helper, asked_at=asked, accept_by=asked + dt.timedelta(hours=4),
                done_by=asked + dt.timedelta(days=3), accepted_at=asked + dt.timedelta(minutes=15) if taken else None,
                started_at=begun, finished_at=begun + dt.timedelta(minutes=50) if begun else None,
                no_position="手机不能定位" if begun else "", report="按约定完成。" if begun else "",
                confirmed_at=begun + dt.timedelta(hours=2) if state == State.CONFIRMED and begun else None,
                confirmed_by=helper if state == State.CONFIRMED else None,
                confirmed_as="协理员" if state == State.CONFIRMED else "",
                rating=draw.choice([5, 5, 4]) if state == State.CONFIRMED else None, price_fen=PRICES[kind],
                reason="老人改期" if state == State.CANCELLED else "",
            )
        )  # fmt: skip
    Order.objects.bulk_create(made)


def _beds(elders: list[Person], provider: Organisation, today: dt.date) -> None:
    since = today - dt.timedelta(days=45)
    beds = CareBed.objects.bulk_create(
        CareBed(
            person=person, region_id=person.region_id, provider=provider, contract_no=f"家床{today.year}-{number:03}",
            since=since,
        )
        for number, person in enumerate(elders[:BEDS], 1)
    )  # fmt: skip
    CarePlace.objects.bulk_create(
        CarePlace(person_id=bed.person_id, kind="home_bed", since=since) for bed in beds
    )
    devices = Device.objects.bulk_create(
        Device(
            person_id=bed.person_id, region_id=bed.region_id, bed=bed, kind=kind, serial=f"YL{bed.pk:05}{kind[0].upper()}",
            installed_on=since,
        )
        for bed in beds
        for kind in ("call", "smoke")
    )  # fmt: skip
    rang = timezone.now() - dt.timedelta(days=2)
    device = devices[0]
    Alarm.objects.create(
        device=device, person_id=device.person_id, region_id=device.region_id, key="demo-alarm-1", what="按下呼叫器",
        rang_at=rang, answer_by=rang + dt.timedelta(seconds=60), state="closed",
        answered_at=rang + dt.timedelta(seconds=22), answered_by=User.objects.get(username="helper"), told="女儿",
        closed_at=rang + dt.timedelta(minutes=40), report="起夜滑倒，无大碍，女儿已到家。",
    )  # fmt: skip
    Renovation.objects.bulk_create(
        Renovation(
            person=person, region_id=person.region_id, home=f"p{person.pk}", works=["马桶旁装扶手", "淋浴间铺防滑垫"],
            provider=provider, cost_fen=218_000, accepted_on=today - dt.timedelta(days=12),
        )
        for person in elders[BEDS : BEDS + RENOVATED]
    )  # fmt: skip
