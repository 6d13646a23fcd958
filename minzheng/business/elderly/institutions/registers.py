"""The registers of homes: the homes, their filings and beds; people and watching stand beside (registers_*.py)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from minzheng.business.elderly.institutions.models import (
    Bed,
    BedKind,
    BedState,
    Check,
    FilingState,
    Home,
    Ownership,
    Staff,
)
from minzheng.business.elderly.institutions.models.homes import FireState
from minzheng.business.elderly.institutions.register_columns import (
    GRADES,
    HOME_COLUMN,
    OF_HOME,
    PLACE,
    PLACE_FILTER,
)
from minzheng.business.elderly.institutions.registers_people import CIRCLE, RESIDENTS, STAFF
from minzheng.business.elderly.institutions.registers_watch import ACCIDENTS, CHECKS, PREPAID
from minzheng.business.elderly.institutions.subsidies.actions import record_grade
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search


def homes() -> QuerySet[Home]:
    in_use = ~Q(beds__state=BedState.CLOSED)
    return Home.objects.annotate(
        bed_count=Count("beds", filter=in_use, distinct=True),
        nursing_count=Count("beds", filter=in_use & Q(beds__kind=BedKind.NURSING), distinct=True),
        occupied_count=Count("beds", filter=Q(beds__state=BedState.OCCUPIED), distinct=True),
    )


def staff_of(home: Home, on: dt.date) -> QuerySet[Staff]:
    return home.staff.filter(until__isnull=True).order_by("role")


def filings_of(home: Home, on: dt.date) -> QuerySet[Case]:
    return home.facility.cases.filter(item="E4").exclude(submitted_on=None).order_by("-submitted_on")


def checks_of(home: Home, on: dt.date) -> QuerySet[Check]:
    return home.checks.order_by("-done_on")[:20]


HOME_FACTS = (
    Column("name", "名称", "name", "facility__name"),
    Column("region", "所在地", "region", "facility__region"),
    Column("ownership", "性质", "choice"),
    Column(
        "filing",
        "备案",
        "badge",
        tones={FilingState.FILED: "ok", FilingState.NONE: "bad", FilingState.CHANGED: "warn"},
    ),
    Column(
        "fire",
        "消防",
        "badge",
        tones={FireState.PASSED: "ok", FireState.RETROFIT: "warn", FireState.FAILED: "bad"},
    ),
    Column("grade", "等级", "choice", options=GRADES),
    Column("bed_count", "床位", "number"),
    Column("nursing_count", "护理型", "number"),
    Column("occupied_count", "入住", "number"),
)

HOME_FORM = Form(
    (
        Section(
            "home",
            "养老机构",
            (
                Question("ownership", "性质", "choice", options=tuple(Ownership.choices)),
                Question("is_profit", "营利性", "yes_no"),
                Question("chain", "连锁品牌", required=False, max=60),
                Question("chain_verified_on", "连锁网点核实日期", "date", tense="past", required=False),
                Question("monthly_bed_fee_fen", "月床位费", "money"),
            ),
        ),
    )
)

HOMES = Register(
    code="elder-homes",
    title="养老机构",
    covers=("S-091",),
    model=Home,
    rows=homes,
    region="facility__region_id",
    icon="building",
    unit="家",
    help="机构在设施台账开办；备案、等级、床位和入住在这里看。",
    name=str,
    columns=HOME_FACTS,
    filters=(
        Filter("region", "所在地", "region", "facility__region_id"),
        Filter("ownership", "性质", "choice", options=tuple(Ownership.choices)),
        Filter("filing", "备案", "choice", options=tuple(FilingState.choices)),
        Filter("grade", "等级", "choice", options=GRADES),
    ),
    search=(Search("facility__name", "contains"),),
    search_hint="机构名称",
    form=HOME_FORM,
    links=lambda home: [("打开机构", f"/desk/homes/{home.pk}/")],
    actions=(
        RowAction(
            "grade",
            "登记等级",
            record_grade,
            permission="home.file",
            confirm="等级降低或撤销的，已发的等级补贴按没有用完的月份追回。",
            questions=(
                Question("grade", "等级", "choice", options=tuple((n, t) for n, t in GRADES)),
                Question("on", "评定（撤销）日期", "date", tense="past"),
                Question("valid_until", "有效期至", "date", required=False),
            ),
            bulk=False,
        ),
    ),
    details=(
        Block(
            "养老机构",
            (
                *HOME_FACTS,
                Column("operator", "运营单位", "text", "facility__organisation__name"),
                Column("filed_on", "备案日期", "date"),
                Column("is_filed_late", "逾期备案", "yes_no"),
                Column("first_admission_on", "首次收住日期", "date"),
                Column("food_permit_no", "食品经营许可证号"),
                Column("food_permit_until", "食品经营许可有效期至", "date"),
                Column("grade_until", "等级有效期至", "date"),
                Column("chain", "连锁品牌"),
                Column("chain_verified_on", "连锁网点核实日期", "date"),
            ),
        ),
        Related(
            "备案",
            (
                Column("number", "办件编号", "code"),
                Column("submitted_on", "提交日期", "date"),
                Column("status", "状态", "choice"),
                Column("decided_on", "办结日期", "date"),
            ),
            filings_of,
            empty="还没有备案",
        ),
        Related(
            "在岗人员",
            (
                Column("name", "姓名", "name"),
                Column("role", "岗位", "choice"),
                Column("since", "到岗日期", "date"),
            ),
            staff_of,
            register="elder-home-staff",
            empty="没有登记人员",
        ),
        Related(
            "最近的消防巡查和检查",
            (
                Column("done_on", "日期", "date"),
                Column("kind", "种类", "choice"),
                Column("hazards", "发现的隐患"),
                Column("mended_on", "整改完成", "date"),
            ),
            checks_of,
            register="elder-home-checks",
            empty="没有记录",
        ),
    ),
)

BEDS = Register(
    code="elder-home-beds",
    title="养老床位",
    covers=("S-089", "S-090"),
    model=Bed,
    region=OF_HOME,
    icon="home",
    unit="张",
    columns=(
        HOME_COLUMN,
        PLACE,
        Column("number", "床号", "code"),
        Column("kind", "类型", "choice"),
        Column(
            "state",
            "状态",
            "badge",
            tones={"free": "ok", "reserved": "info", "occupied": "neutral", "closed": "warn"},
        ),
        Column("is_tekun", "特困供养床位", "yes_no"),
        Column("project", "建设项目", shown=False),
        Column("opened_on", "启用日期", "date", shown=False),
        Column("closed_on", "停用日期", "date", shown=False),
    ),
    filters=(
        PLACE_FILTER,
        Filter("kind", "类型", "choice", options=tuple(BedKind.choices)),
        Filter("state", "状态", "choice", options=tuple(BedState.choices)),
        Filter("tekun", "特困供养床位", "yes_no", "is_tekun"),
        Filter("opened", "启用日期", "dates", "opened_on"),
        Filter("open", "在用", "yes_no", "closed_on__isnull"),
    ),
    search=(Search("number", "code"),),
    search_hint="床号",
)

__all__ = ["ACCIDENTS", "BEDS", "CHECKS", "CIRCLE", "HOMES", "PREPAID", "RESIDENTS", "STAFF"]
