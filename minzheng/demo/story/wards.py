"""Children who need more than money: an institution that converts, a treatment, service gaps, organisations that help."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from minzheng.business.children.bodies.actions import evaluate, support
from minzheng.business.children.gaps.actions import confirm_gap, plan_gap, provide
from minzheng.business.children.gaps.looking import gaps_of_visit, look_for_gaps
from minzheng.business.children.institutions.converting import begin
from minzheng.business.children.institutions.living import admit, transfer
from minzheng.business.children.models import ChildBody, ChildFile, ServiceGap
from minzheng.demo.cast import COUNTY, SIBLING_COUNTY, TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.api import add_material, open_case, save_draft, submit
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within

HOUSE, CITY, HOSPITAL = "新晃侗族自治县儿童福利院", "怀化市儿童福利院", "怀化市第一人民医院"
DAY = dt.timedelta(days=1)
NEEDS = (["学习辅导"], ["心理关爱", "与父母联系"], ["就医"], ["安全隐患整改"])
PLAN = {"plan": "每周六上午到村儿童之家辅导两小时", "provider": "夜郎社会工作服务中心"}


@transaction.atomic
def look_after_wards(officers: Officers, days: Days) -> str:
    """Two orphans in the institution, one of them already in the city; a boy's operation; what some children lack."""
    orphans = [
        right.person
        for right in Entitlement.objects.filter(benefit="orphan", person__isnull=False)
        .select_related("person")
        .order_by("pk")
        if right.person is not None
    ]
    _institutions(officers, orphans[:2], days)
    _treatment(officers, orphans[2], days)
    gaps = _gaps(officers, days)
    bodies = _bodies(officers, days)
    return f"机构养育 2 人（移交 1 人），明天计划 1 件，服务缺口 {gaps} 项，社会组织 {bodies} 家"


def _institutions(officers: Officers, children: list[Person], days: Days) -> None:
    house, _ = Facility.objects.bulk_create(
        Facility(
            kind="child_institution", name=name, region_id=region, address=address, opened_on=dt.date(2009, 6, 1),
            counts={"beds": beds, "staff": staff},
        )
        for name, region, address, beds, staff in (
            (HOUSE, VILLAGE, "晃洲镇人民路", 12, 9),
            (CITY, SIBLING_COUNTY, "芷江镇（虚构地址）", 160, 84),
        )
    )  # fmt: skip
    came, gone = days.today - 200 * DAY, days.today - 9 * DAY
    stays = [
        admit(
            officers.on("protection", came), house, name=child.name, id_no=child.id_no or "", bed=f"{place}",
            ground="orphan", ground_no=f"新民函〔{came.year}〕{place}号", since=came,
        )
        for place, child in enumerate(children, 1)
    ]  # fmt: skip
    begin(
        officers.on("protection", gone - 20 * DAY), house, document_no=f"新政函〔{gone.year}〕31号",
        functions=["protection", "guidance", "community"], new_name="新晃侗族自治县未成年人救助保护中心",
    )  # fmt: skip
    transfer(
        officers.on("protection", gone), stays[0], house=CITY, bed="301", moved_on=gone, hand_over_no="移交协议第1号",
        papers=["child", "health", "school", "guardian"], with_hukou=False,
    )  # fmt: skip


def _treatment(officers: Officers, child: Person, days: Days) -> None:
    """Asked for, arranged and confirmed; the boy is in hospital and the bill has yet to come."""
    hospital = Organisation.objects.create(
        name=HOSPITAL, uscc=with_checks("12431200MC000001"), kind="public", region_id=COUNTY,
        bank_name="中国建设银行怀化分行", bank_account="43001580000000000001",
    )  # fmt: skip
    Facility.objects.create(
        kind="tomorrow_hospital", name=HOSPITAL, region_id=SIBLING_COUNTY, organisation=hospital,
        address="虚构地址", opened_on=dt.date(1951, 5, 1),
    )  # fmt: skip
    asked = workdays_before(days.today, 12)
    helper = officers.on("clerk", asked)
    case = open_case(helper, "C6", child, child.region, Channel.PROACTIVE)
    answers = {
        "illness": "先天性心脏病，需要做介入手术", "help_kinds": ["手术和住院治疗"], "hospital_wish": HOSPITAL,
        "guardian_name": "院里老师", "guardian_relation": "照护人", "phone": "14400001234", "consent": True, "promise": True,
    }  # fmt: skip
    save_draft(helper, case, answers)
    add_material(helper, case, "diagnosis", officers.photo("clerk"))
    submit(helper, case)
    officers.move(case, "clerk", "accept", asked + DAY)
    agreed = {
        "hospital": HOSPITAL,
        "plan": "介入手术，住院约两周，术后康复三个月。",
        "ceiling": 3_000_000,
        "heard": True,
    }
    officers.move(case, "reviewer", "arrange", asked + 2 * DAY, **agreed)
    officers.move(case, "reviewer", "propose", asked + 2 * DAY, opinion="情况属实，医院已排期。")
    officers.move(case, "approver", "grant", asked + 3 * DAY, opinion="同意。")


def _gaps(officers: Officers, days: Days) -> int:
    """Ticked on visits and shown by the registers; three of them on their way, one filled."""
    look_for_gaps(days.today - 20 * DAY)
    files = list(ChildFile.objects.filter(within(TOWNSHIP[:9]), state="kept").order_by("pk"))
    for place, needs in enumerate(NEEDS):
        gaps_of_visit(files[place], {"needs": needs}, days.today - 18 * DAY)
    director, due = officers.on("supervisor", days.today - 16 * DAY), days.today + 5 * DAY
    planned = list(
        ServiceGap.objects.filter(found_by="visit", region__in=[one.region_id for one in files]).order_by(
            "pk"
        )[:3]
    )
    for gap in planned:
        plan_gap(director, gap, **PLAN, due_on=due)
    for gap in planned[:2]:
        provide(officers.on("supervisor", days.today - 4 * DAY), gap, given="已辅导三次，孩子愿意去。")
    confirm_gap(officers.on("protection", days.today - 2 * DAY), planned[0], heard=True)
    return ServiceGap.objects.count()


def _bodies(officers: Officers, days: Days) -> int:
    made = Organisation.objects.bulk_create(
        Organisation(
            name=name, uscc=with_checks(f"52431227MJ9{place:05d}"), kind="service_body", region_id=COUNTY,
            founded_on=dt.date(2017, 3, 1),
        )
        for place, name in enumerate(("夜郎社会工作服务中心", "新晃县春芽儿童关爱中心", "龙溪口青少年服务社"), 1)
    )  # fmt: skip
    since = days.today - 300 * DAY
    fields = (["care", "study"], ["mind", "guardian"], ["care", "rights"])
    bodies = ChildBody.objects.bulk_create(
        ChildBody(
            organisation=one, uscc=one.uscc, region_id=COUNTY, fields=does, staff=6 - place, labelled_on=since
        )
        for place, (one, does) in enumerate(zip(made, fields, strict=True))
    )
    county: Access = officers.on("reviewer", days.today - 30 * DAY)
    support(
        county, bodies[0], kind="purchase", content="留守儿童周末课堂和个案服务", given_on=days.today - 120 * DAY,
        amount_fen=12_000_000, document_no="新民购〔2026〕3号",
    )  # fmt: skip
    support(county, bodies[1], kind="place", content="提供儿童之家场地两间", given_on=days.today - 90 * DAY)
    evaluate(county, bodies[0])
    return len(bodies)
