"""小区养老设施台账: each estate, its five gates and what is wrong; the rates are indicators."""

from __future__ import annotations

import datetime as dt

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from minzheng.business.elderly.estates.actions import note_problem, pass_gate
from minzheng.business.elderly.estates.models import GATES, Estate, Gate
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, RowAction, Search


def estates() -> QuerySet[Estate]:
    """`in_step`: everything was handed over no later than the homes (四同步)."""
    together = Q(hand_on__isnull=False, hand_on__lte=F("delivered_on"))
    return Estate.objects.annotate(in_step=ExpressionWrapper(together, output_field=BooleanField()))


def stands_at(one: Estate) -> str:
    return Gate(one.gate).label if one.gate else "还没有规划"


def keeps_step(one: Estate) -> str:
    """Asked of new estates only, and no earlier than their homes are handed over."""
    if not one.is_new:
        return ""
    if one.hand_on is not None:
        return "同步" if one.hand_on <= one.delivered_on else "晚于住宅"
    return "住宅还没交付" if one.delivered_on >= dt.date.today() else "没有同步"


GATE_COLUMNS = tuple(Column(f"{gate.value}_on", gate.label, "date") for gate in Gate)
ESTATES = Register(
    code="elder-estates",
    title="住宅小区养老设施",
    covers=("S-098", "S-099"),
    model=Estate,
    rows=estates,
    icon="building",
    unit="个",
    help="新建小区的养老用房与住宅同步规划、建设、验收、交付；已建小区清查有没有、移交没有、用了没有。面积按户数自动核对。",
    columns=(
        Column("name", "小区", "name"),
        Column("region", "所在地", "region"),
        Column("is_new", "新建", "yes_no"),
        Column("households", "户数", "number"),
        Column("delivered_on", "住宅交付", "date", sortable=True),
        Column("area", "养老用房（平方米）", "number"),
        Column("gate", "已过", read=stands_at),
        Column("in_step", "四同步", read=keeps_step),
        Column("problem", "问题"),
        *(Column(one.key, one.label, "date", shown=False) for one in GATE_COLUMNS),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("new", "新建小区", "yes_no", "is_new"),
        Filter("together", "四同步", "yes_no", "in_step"),
        *(
            Filter(f"no_{gate.value}", f"还没有{gate.label}", "yes_no", f"{gate.value}_on__isnull")
            for gate in Gate
        ),
        Filter("delivered", "住宅交付", "dates", "delivered_on"),
    ),
    search=(Search("name", "contains"),),
    search_hint="小区名称",
    form=Form(
        (
            Section(
                "estate",
                "小区",
                (
                    Question("name", "小区名称", max=60),
                    Question("region", "在哪个社区（村）？", "region"),
                    Question("is_new", "是新建小区吗？", "yes_no"),
                    Question("households", "一共多少户？", "number", min=1, max=50_000, unit="户"),
                    Question("delivered_on", "住宅哪天交付？", "date", hint="没有交付的填合同约定的日期。"),
                    Question("developer", "建设单位", required=False, max=100),
                ),
            ),
        )
    ),
    imports=Import(key=("region", "name")),
    actions=(
        RowAction(
            "pass",
            "登记过关",
            pass_gate,
            "home.file",
            "依次登记规划、建设、验收、移交、使用；规划和验收的面积不够的，不能过关。",
            questions=(
                Question("on", "日期", "date", tense="past"),
                Question("paper", "文件", min=2, max=100, hint="规划条件、验收意见、移交协议的文号。"),
                Question(
                    "area",
                    "养老用房面积",
                    "number",
                    min=1,
                    max=100_000,
                    required=False,
                    unit="平方米",
                    hint="登记规划、验收时填。",
                ),
                Question(
                    "facility",
                    "开办的设施名称",
                    required=False,
                    max=60,
                    hint="登记使用时填，和设施台账一致。",
                ),
            ),
            is_open=lambda one: bool(one.next_gate),
            bulk=False,
        ),
        RowAction(
            "problem",
            "登记问题",
            note_problem,
            "register.write",
            "没有建、面积不够、挪作他用、交给了别人的，写明情况；过了下一关自动消除。",
            questions=(Question("problem", "问题", "long_text", min=2, max=200),),
            is_open=lambda one: one.use_on is None,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "小区",
            (
                Column("name", "小区"),
                Column("region", "所在地", "region"),
                Column("developer", "建设单位"),
                Column("households", "户数", "number"),
                Column("delivered_on", "住宅交付", "date"),
                Column("area", "养老用房（平方米）", "number"),
                Column("problem", "问题"),
            ),
        ),
        Block(
            "五个关口",
            (
                *GATE_COLUMNS,
                Column(
                    "papers",
                    "文件",
                    read=lambda one: "；".join(
                        f"{Gate(gate).label}：{one.papers[gate]}" for gate in GATES if gate in one.papers
                    ),
                ),
                Column("facility", "开办的设施", "text", "facility__name"),
                Column("in_step", "四同步", read=keeps_step),
            ),
        ),
    ),
)
