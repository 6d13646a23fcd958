"""Around the money in the demo county: referrals, the poverty list, documents, charity, care homes, devices to borrow. All invented."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.business.assistance.models import CharityAid, PolicyDocument, Referral, RegisteredPoor
from minzheng.business.disability.models import (
    Aid,
    AidDevice,
    AidLoan,
    CareNeed,
    Certificate,
    Closure,
    Placement,
)
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.models import User
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within

AIDS = (
    ("122203", "手动轮椅", "moving", 6000, 30_000),
    ("181210", "护理床", "care", 15_000, 80_000),
    ("120606", "助行架", "moving", 2000, 10_000),
)
DOCUMENTS = (
    ("中华人民共和国社会救助法", "主席令（2026）", "law", "全国人大常委会", (2026, 4, 30), (2026, 7, 1), None),
    ("最低生活保障审核确认办法", "民发〔2021〕57号", "rule", "民政部", (2021, 6, 11), (2021, 7, 1), None),
    ("新晃县城乡低保实施细则", "晃政办发〔2021〕12号", "measure", "县政府办公室", (2021, 8, 20), (2021, 9, 1), (2026, 6, 30)),
)  # fmt: skip


def write_helped_on(today: dt.date) -> str:
    """Returns what to say of it."""
    dibao = Entitlement.objects.filter(within(COUNTY[:6]), benefit="dibao", state="active").values("person")
    known = Person.objects.filter(pk__in=dibao, died_on=None).exclude(id_no__isnull=True)
    poor = [one for one in known.order_by("id")[:50] if one.id_no][:40]
    _documents()
    _referred(poor, today)
    cards = Certificate.objects.filter(within(COUNTY[:6]), cancelled_on=None).order_by("id")
    placed = _cared(cards, today)
    _lent(cards, today)
    return f"转介 {min(len(poor), 12)} 件，名单 {len(poor)} 人，托养 {placed} 人"


def _who(person: Person) -> dict[str, object]:
    return {"name": person.name, "id_no": person.id_no, "person": person, "region_id": person.region_id}


def _documents() -> None:
    PolicyDocument.objects.bulk_create(
        PolicyDocument(
            region_id=COUNTY, title=title, number=number, rank=rank, issuer=issuer, issued_on=dt.date(*issued),
            since=dt.date(*since), until=dt.date(*until) if until else None, summary="县民政局社会救助股整理",
        )
        for title, number, rank, issuer, issued, since, until in DOCUMENTS
    )  # fmt: skip


def _referred(poor: list[Person], today: dt.date) -> None:
    matters = (
        ("medical", "门诊慢特病认定"),
        ("education", "孩子的助学金"),
        ("housing", "危房改造"),
        ("work", "公益性岗位"),
    )
    sent = []
    for number, person in enumerate(poor[:12]):
        department, matter = matters[number % 4]
        day, is_done = today - dt.timedelta(days=2 + number * 2), number % 3 == 0
        sent.append(
            Referral(
                **_who(person), department=department, matter=matter, agrees=True, sent_on=day,
                due_on=day + dt.timedelta(days=14), state="done" if is_done else "sent",
                answered_on=today if is_done else None, answer="已办理" if is_done else "",
            )
        )  # fmt: skip
    Referral.objects.bulk_create(sent)
    kinds = ("lifted", "lifted", "unstable", "edge")
    RegisteredPoor.objects.bulk_create(
        RegisteredPoor(
            **_who(person),
            year=today.year,
            household_no=f"4312{number:06}",
            kind=kinds[number % 4],
            lifted_in=2018,
        )
        for number, person in enumerate(poor)
        if person.id_no
    )
    reviewer = User.objects.get(username="reviewer").person
    CharityAid.objects.bulk_create(
        CharityAid(
            **_who(person), project="warm_sunset", year=today.year, need="失能，护理支出大", amount_fen=200_000,
            fund="县慈善会", maker=reviewer,
        )
        for person in poor[:6]
        if person.id_no
    )  # fmt: skip


def _cared(cards: QuerySet[Certificate], today: dt.date) -> int:
    house, home = Facility.objects.bulk_create(
        Facility(
            kind=kind, name=name, region_id=VILLAGE, opened_on=dt.date(2019, 5, 1), counts={"beds": beds},
            address="晃洲镇新村", longitude=109.17, latitude=27.36,
        )
        for kind, name, beds in (("psychiatric_home", "新晃县精神卫生福利院", 60), ("disabled_care_home", "新晃县阳光托养中心", 30))
    )  # fmt: skip
    severe = list(cards.filter(grade__in=["一级", "二级"])[:14])
    known = dict(Person.objects.filter(id_no__in=[one.id_no for one in severe]).values_list("id_no", "pk"))
    since = today - dt.timedelta(days=200)
    needy = list({one.id_no: one for one in severe if one.id_no in known}.values())
    Placement.objects.bulk_create(
        Placement(
            name=one.name, id_no=one.id_no, person_id=known[one.id_no], region_id=VILLAGE,
            facility=house if one.kind == "精神" else home, bed=f"{number:03}", ground="家庭无力照护",
            guardian="村委会", since=since,
        )
        for number, one in enumerate(needy[:5], 101)
    )  # fmt: skip
    CareNeed.objects.bulk_create(
        CareNeed(
            name=one.name, id_no=one.id_no, person_id=known[one.id_no], region_id=one.region_id,
            needs=["living_in"] if number < 5 else ["life", "nursing"], carer="父母", assessed_on=since,
            state="placed" if number < 5 else ("served", "waiting")[number % 2],
            next_visit=None if number >= 5 and number % 2 else today + dt.timedelta(days=number * 6),
        )
        for number, one in enumerate(needy)
    )  # fmt: skip
    Closure.objects.create(
        facility=house, region_id=VILLAGE, since=today - dt.timedelta(days=120), until=today - dt.timedelta(days=110),
        ordered_by="晃卫指发3号", measures="流感高发期暂停探视，物资代送",
    )  # fmt: skip
    return min(5, len(needy))


def _lent(cards: QuerySet[Certificate], today: dt.date) -> None:
    run_by = Organisation.objects.create(
        uscc=with_checks("52431227MJ000888"), name="新晃县残疾人辅具服务中心", kind="service_body", region_id=COUNTY,
        bank_name="新晃农商银行", bank_account="82011200000000888",
    )  # fmt: skip
    station = Facility.objects.create(
        kind="aid_station", name="晃洲镇辅具租赁站", region_id=VILLAGE, organisation=run_by, opened_on=dt.date(2023, 3, 1),
        counts={"devices": 9}, longitude=109.175, latitude=27.355,
    )  # fmt: skip
    aids = Aid.objects.bulk_create(
        Aid(region_id=COUNTY, code=code, title=title, kind=kind, rent_fen=rent, deposit_fen=deposit)
        for code, title, kind, rent, deposit in AIDS
    )
    devices = AidDevice.objects.bulk_create(
        AidDevice(
            aid=aid,
            station=station,
            region_id=VILLAGE,
            serial=f"FJ-{aid.code}-{number}",
            state="lent" if number == 1 else "free",
        )
        for aid in aids
        for number in (1, 2, 3)
    )
    users = list(cards.filter(kind="肢体")[:3])
    known = dict(Person.objects.filter(id_no__in=[one.id_no for one in users]).values_list("id_no", "pk"))
    AidLoan.objects.bulk_create(
        AidLoan(
            name=one.name, id_no=one.id_no, person_id=known.get(one.id_no), region_id=one.region_id, device=device,
            way="rent", need="行走困难", fitted_on=today - dt.timedelta(days=40), fitted_by="县残联康复部",
            since=today - dt.timedelta(days=40), due_on=today + dt.timedelta(days=50), rent_fen=device.aid.rent_fen,
            deposit_fen=device.aid.deposit_fen, deposit_no=f"押{number:03}", subsidised=number != 2,
        )
        for number, (one, device) in enumerate(zip(users, devices[::3], strict=False), 1)
    )  # fmt: skip
