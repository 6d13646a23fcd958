"""Institutions, who lives there, and what became of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from minzheng.business.children.facilities import INSTITUTION
from minzheng.business.children.institutions.converting import begin, complete, withdraw
from minzheng.business.children.institutions.living import (
    HANDED_OVER,
    admit,
    leave,
    take_back,
    transfer,
)
from minzheng.business.children.institutions.models import (
    Conversion,
    ConversionState,
    Function,
    Ground,
    Paper,
    Residence,
)
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import REASON, same
from minzheng.foundation.people.named import SEARCH, SEARCH_HINT, WHERE, WHO, people_of
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

READ, WRITE = "ward.read", "ward.write"
RIGHTS: dict[str, Any] = {"read": READ, "write": WRITE, "export": "child.export"}


def institutions() -> QuerySet[Facility]:
    living = Count("child_residences", filter=Q(child_residences__until=None))
    begun = Conversion.objects.filter(facility=OuterRef("pk"), state=ConversionState.BEGUN)
    return Facility.objects.filter(kind=INSTITUTION.code).annotate(living=living, converting=Exists(begun))


def takes_in(house: Any) -> bool:
    return house.closed_on is None and not house.converting


def here_now(facility: Facility, on: dt.date) -> QuerySet[Residence]:
    return Residence.objects.filter(facility=facility, until=None).order_by("bed")


def lives_there(one: Residence) -> bool:
    return one.until is None


def was_handed_over(one: Residence) -> bool:
    return one.left_for == HANDED_OVER


STAY = (
    Column("facility", "机构", path="facility__name"),
    Column("bed", "床号"),
    Column("since", "入住", "date", sortable=True),
    Column("until", "离开", "date"),
    Column("left_for", "去向"),
)
BASIS = (
    Column("ground", "入住依据", "choice"),
    Column("ground_no", "依据文号"),
    Column("hand_over_no", "移交协议文号"),
    Column("papers", "移交的档案", read=lambda one: "、".join(Paper(key).label for key in one.papers)),
    Column("came_from_house", "由哪家机构移交"),
    Column("move", "户口随迁", read=lambda one: "是" if one.move_id else ""),
)
RESIDENCES = Register(
    code="child_residences",
    title="机构养育儿童",
    covers=("S-122",),
    model=Residence,
    icon="bed",
    unit="人",
    help="住在儿童福利机构里的孩子：一人一床。移交其他机构时档案、户口、待遇一起走；办错的由另一位同志撤销。",
    **RIGHTS,
    persons=people_of,
    columns=(*WHO, *STAY),
    filters=(WHERE, Filter("here", "在住", "yes_no", "until__isnull"), Filter("since", "入住日期", "dates")),
    search=(*SEARCH, Search("facility__name", "contains")),
    search_hint=f"{SEARCH_HINT}，或机构名称",
    actions=(
        RowAction(
            "transfer", "移交其他机构", transfer, WRITE,
            "床位空出，在接收机构入住；儿童档案转到接收地。户口随迁的，接收地次月起按当地机构养育标准发放。",
            questions=(
                Question("house", "接收机构全称", hint="照“设施”台账的名称写，如市儿童福利院。", max=100),
                Question("bed", "接收机构的床号", max=20),
                Question("moved_on", "移交日期", "date", tense="past"),
                Question("hand_over_no", "移交协议文号", max=60),
                Question("papers", "一起移交了哪些？", "choices", options=tuple(Paper.choices)),
                Question("with_hukou", "集体户口随迁吗？", "yes_no"),
            ),
            is_open=lives_there, bulk=False,
        ),
        RowAction(
            "leave", "办理离开", leave, WRITE, "床位空出；还在保障的按散居标准复核。",
            questions=(
                Question("until", "离开日期", "date", tense="past"),
                Question("left_for", "去向", "choice", options=same("被依法收养", "父母（监护人）接回", "年满18周岁安置", "家庭寄养", "去世")),
            ),
            is_open=lives_there,
        ),
        RowAction(
            "take_back", "撤销移交", take_back, WRITE, "孩子回到原机构原床位，户口迁移、待遇和档案一起改回。",
            questions=(REASON,), is_open=was_handed_over, danger=True, bulk=False,
        ),
    ),
    details=(Block("入住", (*WHO, *STAY)), Block("依据和移交", BASIS)),
)  # fmt: skip
INSTITUTIONS = Register(
    code="child_institutions",
    title="儿童福利机构",
    covers=("S-122",),
    model=Facility,
    rows=institutions,
    icon="building-community",
    unit="家",
    help="机构在“设施”台账开办，床位数也在那里更正；入住和转型在这里办。",
    **RIGHTS,
    columns=(
        Column("name", "名称", "name"),
        Column("region", "所在地", "region"),
        Column("beds", "床位", read=lambda one: one.counts.get("beds", "未登记")),
        Column("living", "在住", "number"),
        Column("converting", "正在转型", "yes_no"),
        Column("state", "状态", "badge", tones={"open": "ok", "paused": "warn"}),
        Column("opened_on", "开办日期", "date"),
    ),
    filters=(WHERE, Filter("open", "运营中", "yes_no", "closed_on__isnull")),
    search=(Search("name", "contains"),),
    search_hint="机构名称",
    actions=(
        RowAction(
            "admit", "登记入住", admit, WRITE, "登记后按机构养育标准复核孤儿基本生活费。",
            questions=(
                Question("name", "孩子姓名", "name"),
                Question("id_no", "身份证号", "id_no"),
                Question("bed", "床号", max=20),
                Question("ground", "入住依据", "choice", options=tuple(Ground.choices)),
                Question("ground_no", "依据文号", hint="公安证明、判决书或批准文件的文号。", max=60),
                Question("since", "入住日期", "date", tense="past"),
            ),
            is_open=takes_in, bulk=False,
        ),
        RowAction(
            "convert", "开始转型", begin, WRITE, "从现在起不再收住；孩子逐个移交以后，由另一位同志确认完成。",
            questions=(
                Question("document_no", "批准文号", max=60),
                Question("new_name", "转型后的名称", hint="如××县未成年人救助保护中心。", max=100),
                Question("functions", "转型以后做什么？", "choices", options=tuple(Function.choices)),
            ),
            is_open=takes_in, danger=True, bulk=False,
        ),
    ),
    details=(
        Block("机构", (Column("name", "名称", "name"), Column("address", "地址"), Column("size", "规模", read=lambda one: one.size))),
        Related("住在这里的孩子", (*WHO[:1], *STAY[1:3]), here_now, register="child_residences", empty="现在没有孩子住在这里"),
    ),
)  # fmt: skip
CONVERSIONS = Register(
    code="child_conversions",
    title="儿童福利机构转型",
    covers=("S-122",),
    model=Conversion,
    icon="refresh",
    unit="家",
    help="县级儿童福利机构转为未成年人救助保护机构（民发〔2021〕44号）：先移交孩子，再由另一位同志确认。",
    **RIGHTS,
    columns=(
        Column("facility", "原机构", path="facility__name"),
        Column("region", "所在地", "region"),
        Column("state", "状态", "badge", tones={ConversionState.BEGUN: "warn", ConversionState.DONE: "ok"}),
        Column("new_name", "转型后的名称"),
        Column("functions", "新职能", read=lambda one: "、".join(Function(key).label for key in one.functions)),
        Column("document_no", "批准文号"),
        Column("begun_on", "开始", "date", sortable=True),
        Column("done_on", "完成", "date"),
    ),
    filters=(WHERE, Filter("state", "状态", "choice", options=tuple(ConversionState.choices))),
    search=(Search("facility__name", "contains"), Search("document_no", "exact")),
    search_hint="机构名称或批准文号",
    actions=(
        RowAction(
            "complete", "确认转型完成", complete, "register.write",
            "原机构关闭，未成年人保护中心在原址开办；孩子都移交了才能确认。",
            questions=(Question("beds", "转型后的临时监护床位", "number", min=0, max=999),),
            is_open=lambda one: one.state == ConversionState.BEGUN, danger=True, bulk=False,
        ),
        RowAction(
            "withdraw", "撤销转型", withdraw, WRITE, "恢复收住；已经移交的孩子逐个撤销移交。",
            questions=(REASON,), is_open=lambda one: one.state == ConversionState.BEGUN, danger=True, bulk=False,
        ),
    ),
)  # fmt: skip
