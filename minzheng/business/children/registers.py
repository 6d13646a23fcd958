"""Orphans, unattended children, and how their parents are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.business.children.benefits import ORPHAN, STUDY_GRANT, UNATTENDED
from minzheng.business.children.bodies.register import BODIES, SUPPORTS
from minzheng.business.children.gaps.register import GAPS
from minzheng.business.children.institutions.register import CONVERSIONS, INSTITUTIONS, RESIDENCES
from minzheng.business.children.models import Parent
from minzheng.business.children.registers_care import VISITS, WOMEN
from minzheng.business.children.registers_conference import CONFERENCES, CREDITS, DUTIES
from minzheng.business.children.registers_files import AGREEMENTS, FILES
from minzheng.business.children.registers_officers import HOMES, OFFICERS, OPENINGS
from minzheng.business.children.registers_protection import HARM, INTAKES
from minzheng.business.children.states import ParentState
from minzheng.business.children.tomorrow.register import TREATMENTS
from minzheng.foundation.benefits.recipients import recipients
from minzheng.foundation.registers import Block, Column, Filter, Register, Search

ORPHANS = recipients(ORPHAN, "孤儿", icon="heart-handshake")
UNATTENDED_CHILDREN = recipients(UNATTENDED, "事实无人抚养儿童", icon="heart-handshake")
STUDENTS = recipients(STUDY_GRANT, "助学金发放", icon="school")


def both(rows: Sequence[Parent]) -> Iterable[int]:
    """A look at a parent's row is a look at the child, and at the parent who is on file."""
    return {key for row in rows for key in (row.child_id, row.person_id) if key}


FACTS = (
    Column("child", "孩子", "name", "child__name"),
    Column("side", "父母", "choice"),
    Column("name", "姓名", "name"),
    Column("state", "状况", "badge", tones={ParentState.WELL: "ok"}),
    Column("state_since", "起始日期", "date"),
    Column("region", "所在村（社区）", "region"),
    Column("since", "登记自", "date"),
    Column("until", "到", "date"),
    Column("id_no", "父母身份证号", "id_no", shown=False),
    Column("term_months", "期限（月）", "number", shown=False),
    Column("disability_type", "残疾类别", shown=False),
    Column("disability_grade", "残疾等级", shown=False),
    Column("search_since", "公安受理查找", "date", shown=False),
    Column("source", "来源", shown=False),
)
PARENTS = Register(
    code="child_parents",
    title="父母情况",
    covers=("S-113",),
    model=Parent,
    icon="users",
    unit="条",
    help="孤儿和事实无人抚养儿童认定所依据的父母情况，由申请、核实和生命事件登记，释放、回归另起一条，原来的保留。",
    read="child.read",
    write="child.write",
    export="child.export",
    name=lambda row: f"{row.child.name}的{row.get_side_display()}",
    persons=both,
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状况", "choice"),
        Filter("side", "父母", "choice"),
        Filter("present", "现在的情况", "yes_no", "until__isnull"),
        Filter("state_since", "起始日期", "dates", "state_since"),
    ),
    search=(Search("child__name"), Search("child__id_no", "exact"), Search("name")),
    search_hint="孩子或父母姓名（从姓开始）、孩子的完整身份证号",
    details=(Block("父母情况", FACTS),),
)
OF_FILES = (FILES, AGREEMENTS, GAPS)
OF_OFFICERS = (OFFICERS, HOMES, OPENINGS)
OF_CARE = (VISITS, WOMEN)
OF_INSTITUTIONS = (INSTITUTIONS, RESIDENCES, CONVERSIONS)
OF_BODIES = (BODIES, SUPPORTS)
OF_TREATMENT = (TREATMENTS,)
OF_PROTECTION = (INTAKES, HARM, CONFERENCES, DUTIES, CREDITS)
