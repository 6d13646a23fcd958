"""The registers of burial places: the places with their filing, their spots, and who rests there until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from minzheng.business.funeral.models import Filing, Place, Spot, SpotKind, SpotState, Term, Use
from minzheng.business.funeral.places import add_spots, move_out, renew, set_spot
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

READ, WRITE = "funeral.read", "funeral.write"
SPOT_TONES = {
    SpotState.FREE: "ok",
    SpotState.RESERVED: "info",
    SpotState.USED: "neutral",
    SpotState.CLOSED: "bad",
}


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


def places() -> QuerySet[Place]:
    open_spots = ~Q(spots__state=SpotState.CLOSED)
    return Place.objects.select_related("facility").annotate(
        spot_count=Count("spots", filter=open_spots),
        free_count=Count("spots", filter=Q(spots__state=SpotState.FREE)),
    )


def terms_of(use: Use, on: dt.date) -> QuerySet[Term]:
    return use.terms.order_by("cycle")


PLACE = (
    Column("name", "名称", "name", "facility__name"),
    Column("kind", "种类", read=lambda one: one.facility.kind_title),
    Column("region", "所在地", "region"),
    Column("spot_count", "墓位（格位）", "number"),
    Column("free_count", "空闲", "number"),
    Column("area", "面积（平方米）", "number"),
    Column("approval_no", "批准（备案）文号"),
    Column(
        "filing",
        "备案",
        "badge",
        tones={Filing.FILED: "ok", Filing.NONE: "neutral"},
    ),
    Column("reported_for", "年度报告（年）", "number", shown=False),
)
PLACES = Register(
    code="burial_places",
    title="公益性安葬（放）设施",
    covers=("S-151", "S-152", "S-153"),
    model=Place,
    rows=places,
    icon="grave",
    unit="处",
    help="设施在设施台账开办；用地、规划、备案和墓位在这里。农村公益性墓地向县级备案，只供本村村民。",
    read=READ,
    write=WRITE,
    columns=PLACE,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("filing", "备案", "choice", options=tuple(Filing.choices)),
        Filter("village", "只供本村村民", "yes_no", "villagers_only"),
    ),
    search=(Search("facility__name", "contains"),),
    search_hint="名称",
    form=Form(
        (
            Section(
                "place",
                "设施",
                (
                    Question("approval_no", "批准（备案）文号", "text", required=False, max=60),
                    Question("land_no", "用地手续", "text", required=False, max=60),
                    Question("area", "面积", "number", unit="平方米", min=0, max=10_000_000),
                    Question("planned", "规划墓位（格位）数", "number", min=0, max=1_000_000),
                    Question(
                        "reported_for", "最近一次年度报告（年）", "number", required=False, min=2000, max=2100
                    ),
                ),
            ),
        )
    ),
    links=lambda one: [("平面图", reverse("desk:funeral:place", args=[one.pk]))],
    actions=(
        RowAction(
            "spots",
            "增加墓位（格位）",
            add_spots,
            WRITE,
            "按排、号一次登记整个区。",
            questions=(
                Question("area", "区名", "text", max=20, hint="例如 甲区、一楼。"),
                Question("kind", "类型", "choice", options=tuple(SpotKind.choices)),
                Question("rows", "排数", "number", min=1, max=100),
                Question("columns", "每排个数", "number", min=1, max=100),
            ),
            bulk=False,
        ),
    ),
    details=(
        Block(
            "设施",
            (
                *PLACE,
                Column("land_no", "用地手续"),
                Column("planned", "规划数", "number"),
                Column("villagers_only", "只供本村村民", "yes_no"),
                Column("filed_on", "备案日期", "date"),
            ),
        ),
    ),
)
SPOTS = Register(
    code="burial_spots",
    title="墓位（格位）",
    covers=("S-151",),
    model=Spot,
    rows=lambda: Spot.objects.select_related("place__facility"),
    icon="layout-grid",
    unit="个",
    help="谁在哪里安葬（放），见“安葬（放）台账”。",
    read=READ,
    write=WRITE,
    columns=(
        Column("place", "设施", read=lambda one: one.place.facility.name),
        Column("area", "区"),
        Column("row", "排", "number"),
        Column("column", "号", "number"),
        Column("kind", "类型", "choice"),
        Column("state", "状态", "badge", tones=SPOT_TONES),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "类型", "choice"),
        Filter("state", "状态", "choice"),
    ),
    search=(Search("place__facility__name", "contains"),),
    search_hint="设施名称",
    actions=(
        RowAction(
            "set",
            "预留、停用或恢复",
            set_spot,
            WRITE,
            "使用中的不能改。",
            questions=(
                Question(
                    "state",
                    "改为",
                    "choice",
                    options=tuple(one for one in SpotState.choices if one[0] != SpotState.USED),
                ),
            ),
            is_open=lambda one: one.state != SpotState.USED,
        ),
    ),
)
USE = (
    Column("person", "安葬（放）人", "name", "person__name"),
    Column("place", "设施", read=lambda one: one.spot.place.facility.name),
    Column("spot", "位置", read=lambda one: str(one.spot)),
    Column("since", "起用日期", "date"),
    Column("until", "使用期限", "date", sortable=True),
    Column("noticed_on", "到期通知", "date"),
    Column("ended_on", "迁出日期", "date"),
)
USES = Register(
    code="burial_uses",
    title="安葬（放）台账",
    covers=("S-151",),
    model=Use,
    rows=lambda: Use.objects.select_related("person", "spot__place__facility"),
    icon="grave",
    unit="位",
    help="一个使用周期不超过二十年；期满前通知家属，可以续用，每次都是新的周期。",
    read=READ,
    write=WRITE,
    persons=persons,
    columns=USE,
    filters=(
        Filter("until", "使用期限", "dates"),
        Filter("here", "在用", "yes_no", "ended_on__isnull"),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    actions=(
        RowAction(
            "renew",
            "续用",
            renew,
            WRITE,
            "从原期限届满那天起开始新的周期，安放证随即换发。",
            questions=(Question("years", "续用几年", "number", unit="年", min=1, max=20),),
            is_open=lambda one: one.ended_on is None,
            bulk=False,
        ),
        RowAction(
            "end",
            "迁出",
            move_out,
            WRITE,
            "迁出以后墓位（格位）空出，安放证注销。",
            questions=(
                Question("ended_on", "迁出日期", "date", tense="past"),
                Question("reason", "迁往哪里", "text", max=100),
            ),
            is_open=lambda one: one.ended_on is None,
            danger=True,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "安葬（放）",
            (
                *USE,
                Column("presale", "购置依据", "choice"),
                Column("proof_no", "证明编号", "code"),
                Column("family_name", "经办家属"),
                Column("price_fen", "费用", "money"),
            ),
        ),
        Related(
            "使用周期",
            (
                Column("cycle", "第几周期", "number"),
                Column("since", "起", "date"),
                Column("until", "止", "date"),
                Column("decided_on", "办理日期", "date"),
            ),
            terms_of,
        ),
    ),
)
