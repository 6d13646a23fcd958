"""Children of the county: orphans, unattended and left-behind ones, who visits them, what the protection centre does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from django.db import transaction

from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import (
    CareAgreement,
    ChildFile,
    Conference,
    Duty,
    Intake,
    Officer,
    OpeningDay,
    Parent,
    RecordCheck,
    Training,
)
from minzheng.business.children.states import Side
from minzheng.demo.cast import CAST, COUNTY, TOWNSHIP, VILLAGE
from minzheng.demo.county import names, numbers
from minzheng.demo.story.calendar import Days
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.calendar import add_months as add_calendar_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region

SEED = 54
ORPHANS, UNATTENDED, LEFT_BEHIND = 3, 5, 9
# Of the unattended: how the father and the mother are (民发〔2019〕62号).
PARENTS = (
    ({"state": "死亡"}, {"state": "服刑", "term_months": 38}),
    ({"state": "服刑", "term_months": 60}, {"state": "失联", "loss_proved": True}),
    (
        {"state": "重残", "disability_type": "精神", "disability_grade": "三级"},
        {"state": "失联", "loss_proved": True},
    ),
    ({"state": "死亡"}, {"state": "重病", "illness_listed": True}),
    ({"state": "死亡"}, {"state": "被撤销监护资格"}),
)
DIRECTOR = next(one for one in CAST if one.username == "director")
RISKS = ("high", "medium", "low")


@transaction.atomic
def look_after_children(days: Days) -> str:
    """All in bulk; says how many."""
    random = Random(SEED)  # noqa: S311  repeatable, not secret
    children = _children()
    orphans, rest = children[:ORPHANS], children[ORPHANS:]
    unattended, left = rest[:UNATTENDED], rest[UNATTENDED : UNATTENDED + LEFT_BEHIND]
    since = add_months(days.pay_month, -7)
    _rights("orphan", orphans, since, days, "国办发〔2010〕54号", 110_000)
    _rights("unattended", unattended, since, days, "民发〔2019〕62号", 110_000)
    gone = {"state": "死亡"}
    _parents(
        [*zip(orphans, [(gone, gone)] * len(orphans), strict=True), *zip(unattended, PARENTS, strict=False)],
        since,
    )
    directors = _officers(random, days)
    _files(random, [*orphans, *unattended, *left], directors, days)
    _homes(days)
    _centre(days)
    opened = open_due(days.today)
    return f"孤儿 {len(orphans)} 人，事实无人抚养 {len(unattended)} 人，儿童主任 {len(directors)} 人，任务 {opened} 项"


def _children() -> list[Person]:
    """Of school age, those of the guided township first; the last five are the left-behind ones of the cast's own village."""
    young = Person.objects.filter(
        birth_date__range=(dt.date(2012, 1, 1), dt.date(2019, 12, 31)), died_on=None
    )
    own = list(young.filter(region_id=VILLAGE).order_by("pk")[:5])
    near = young.filter(region__code__startswith=TOWNSHIP[:9]).exclude(region_id=VILLAGE).order_by("pk")
    far = young.filter(region__code__startswith=COUNTY[:6]).exclude(region__code__startswith=TOWNSHIP[:9])
    wanted = ORPHANS + UNATTENDED + LEFT_BEHIND
    return [*near[: wanted - 3 - len(own)], *far.order_by("pk")[:3], *own]


def _rights(
    benefit: str, children: Sequence[Person], since: dt.date, days: Days, cite: str, fen: int
) -> None:
    rights = Entitlement.objects.bulk_create(
        Entitlement(
            benefit=benefit, person=child, payee=child, region_id=child.region_id, case_number=f"原系统{child.pk:06d}",
            since_month=since, paid_before=days.screen_month, review_due=add_calendar_months(days.today, 1 + number),
        )
        for number, child in enumerate(children)
    )  # fmt: skip
    EntitlementAmount.objects.bulk_create(
        EntitlementAmount(
            entitlement=right, from_month=since, amount_fen=fen, reason="migrated", cite=cite,
            decision={"来源": "原系统导入（虚构）"}, decided_on=since - dt.timedelta(days=9),
        )
        for right in rights
    )  # fmt: skip


def _parents(rows: Sequence[tuple[Person, Sequence[dict[str, object]]]], since: dt.date) -> None:
    Parent.objects.bulk_create(
        Parent(child=child, region_id=child.region_id, side=side, since=since, state_since=since, source="原系统导入", **stated)
        for child, both in rows
        for side, stated in zip((Side.FATHER, Side.MOTHER), both, strict=True)
    )  # fmt: skip


def _officers(random: Random, days: Days) -> dict[str, Officer]:
    """A director for nearly every village, a supervisor for each township; by village."""
    ids, since = numbers.IdNumbers(), dt.date(2021, 3, 1)
    villages = Region.objects.on(days.today).under(COUNTY).filter(level=Level.VILLAGE).order_by("code")
    officers = []
    for place, village in enumerate(villages):
        if place % 23 == 22:
            continue  # a post that is vacant: the coverage is not complete
        sex, born = random.choice("12"), dt.date(random.randint(1970, 1995), random.randint(1, 12), 8)
        officers.append(
            Officer(
                name=names.surname(random) + names.given_name(random, sex, born.year), post="director",
                id_no=ids.next(COUNTY[:6], born, sex), phone=numbers.phone(random), region=village, since=since,
                subsidy_fen=20_000,
            )
        )  # fmt: skip
        if village.code == VILLAGE:
            officers[-1].name, officers[-1].id_no = DIRECTOR.name, DIRECTOR.id_no
    Officer.objects.bulk_create(officers)
    checks = []
    for place, officer in enumerate(officers):
        checked = add_calendar_months(days.today, -(1 + place % 13))
        until = add_calendar_months(checked, 12) - dt.timedelta(days=1)
        checks.append(
            RecordCheck(
                officer=officer, region=officer.region, checked_on=checked, finding="clear", valid_until=until,
                reply_no=f"公查〔{checked.year}〕{place + 1}号",
            )
        )  # fmt: skip
    RecordCheck.objects.bulk_create(checks)
    Training.objects.bulk_create(
        Training(
            officer=officer, region=officer.region, held_on=add_calendar_months(days.today, -4), hours=16, passed=True,
            subject="儿童主任业务培训：走访、强制报告、安全教育",
        )
        for officer in officers
    )  # fmt: skip
    return {officer.region_id: officer for officer in officers}


def _files(random: Random, children: Sequence[Person], directors: dict[str, Officer], days: Days) -> None:
    groups = ["orphan"] * ORPHANS + ["unattended"] * UNATTENDED + ["left_behind"] * LEFT_BEHIND
    files = []
    for place, (child, group) in enumerate(zip(children, groups, strict=False)):
        is_draft = place == len(groups) - 1
        visited = add_calendar_months(days.today, -(1 + place % 3))
        files.append(
            ChildFile(
                name=child.name, id_no=child.id_no, person=child, region_id=child.region_id, group=group,
                school="晃洲镇中心小学", parents="父母均在外务工" if group == "left_behind" else "",
                carer_name=names.surname(random) + "大年", carer_relation="祖父", carer_phone=numbers.phone(random),
                risk=RISKS[place % 3], risk_reason="隔代照护，照护人年龄较大。", interviewed_on=visited,
                state="draft" if is_draft else "kept", approved_on=None if is_draft else visited,
                last_visit_on=None if is_draft else visited, officer=directors.get(child.region_id),
            )
        )  # fmt: skip
    ChildFile.objects.bulk_create(files)
    CareAgreement.objects.bulk_create(
        CareAgreement(
            file=file, region_id=file.region_id, parent_name=file.name[0] + "建国", parent_phone=numbers.phone(random),
            carer_name=file.carer_name, carer_id_no="", carer_relation="祖父", child_consents=True,
            signed_on=add_calendar_months(days.today, -5), until=add_calendar_months(days.today, 7),
        )
        for file in files
        if file.group == "left_behind" and file.state == "kept"
    )  # fmt: skip


def _homes(days: Days) -> None:
    homes = Facility.objects.bulk_create(
        Facility(
            kind="child_home", name=f"{village.name}儿童之家", region=village, address="村部旁", opened_on=dt.date(2020, 6, 1),
            counts={"places": 30},
        )
        for village in Region.objects.on(days.today).under(TOWNSHIP).filter(level=Level.VILLAGE).order_by("code")[:6]
    )  # fmt: skip
    Facility.objects.create(
        kind="protection_centre", name="新晃侗族自治县未成年人保护中心", region_id=VILLAGE, address="新晃大道",
        opened_on=dt.date(2021, 6, 1), counts={"beds": 12},
    )  # fmt: skip
    OpeningDay.objects.bulk_create(
        OpeningDay(
            home=home, region_id=home.region_id, day=days.today - dt.timedelta(days=7 * week + 1), hours=3,
            children=9 + (week * 5 + place) % 12, activity=("作业辅导", "亲情视频连线", "安全教育")[week % 3],
        )
        for place, home in enumerate(homes)
        for week in range(4)
    )  # fmt: skip


def _centre(days: Days) -> None:
    Intake.objects.create(
        number=f"{COUNTY[:6]}JH{days.today.year}9001", region_id=VILLAGE, name="小星", sex="1", age=9,
        features="自述名叫小星，说不清家在哪里，穿蓝色校服。", reason="lost", brought_by="晃洲派出所",
        hand_over_no="公移〔2026〕17号", arrived_on=days.today - dt.timedelta(days=20), staff="姚敏", staff_two="蒲文静",
        health_on=days.today - dt.timedelta(days=20), health="体温正常，无外伤。",
        police_on=days.today - dt.timedelta(days=20), notice_on=days.today - dt.timedelta(days=17),
    )  # fmt: skip
    conference = Conference.objects.create(
        region_id=VILLAGE, title="失学儿童复学和监护支持", held_on=days.today - dt.timedelta(days=12),
        minutes_no="新未保纪要〔2026〕4号", decision="教育局落实学位；司法局提供法律援助；镇里每周走访一次。",
    )  # fmt: skip
    Duty.objects.bulk_create(
        Duty(conference=conference, region_id=VILLAGE, agency=agency, work=work, due_on=days.today + dt.timedelta(days=left))
        for agency, work, left in (("教育局", "落实学位，安排插班", 3), ("司法局", "指派法律援助律师", 20))
    )  # fmt: skip
