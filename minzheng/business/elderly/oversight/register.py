"""Inspections and penalties."""

from __future__ import annotations

from minzheng.business.elderly.oversight.actions import inspected, mended
from minzheng.business.elderly.oversight.models import Inspection, Penalty, Result
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

HOME = Column("facility", "机构", "name", "facility__name")
PLACE = Column("region", "所在地", "region")
INSPECTION = (
    HOME,
    PLACE,
    Column("drawn_on", "抽取", "date", sortable=True),
    Column("due_on", "应检查", "date"),
    Column("first", "检查人员", "name", "first__name"),
    Column("second", "检查人员（二）", "name", "second__name"),
    Column("done_on", "检查", "date"),
    Column("result", "结果", "choice"),
    Column("mend_by", "整改期限", "date"),
    Column("mended_on", "整改完成", "date"),
)
INSPECTIONS = Register(
    code="home-inspections",
    title="养老机构抽查",
    covers=("S-088",),
    model=Inspection,
    icon="shield-check",
    unit="次",
    help="机构和检查人员都由抽签产生，信用低的抽中机会大；结果计入信用分，向社会公示。",
    name=lambda one: f"{one.facility.name} {one.drawn_on:%Y年%m月}抽查",
    columns=INSPECTION,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("waiting", "还没有检查", "yes_no", "done_on__isnull"),
        Filter("result", "结果", "choice", options=tuple(Result.choices)),
        Filter("drawn", "抽取", "dates", "drawn_on"),
    ),
    search=(Search("facility__name", "contains"),),
    search_hint="机构名称",
    links=lambda one: [("综合监管", "/desk/oversight/")],
    actions=(
        RowAction(
            "inspected",
            "登记检查结果",
            inspected,
            "register.write",
            "由抽中的检查人员登记；结果会向社会公示。",
            questions=(
                Question("done_on", "检查日期", "date", tense="past"),
                Question("result", "结果", "choice", options=tuple(Result.choices)),
                Question("finding", "检查情况", "long_text", min=2, max=300, hint="会公示，不写老人姓名。"),
                Question("mend_by", "整改到哪天", "date", tense="future", show_if=when("result", "order")),
            ),
            is_open=lambda one: one.done_on is None,
            bulk=False,
        ),
        RowAction(
            "mended",
            "登记整改完成",
            mended,
            "register.write",
            "复查合格以后登记。",
            questions=(Question("mended_on", "整改完成日期", "date", tense="past"),),
            is_open=lambda one: one.result == Result.ORDER and one.mended_on is None,
            bulk=False,
        ),
    ),
    details=(Block("抽查", (*INSPECTION, Column("seed", "抽签号", "code"), Column("finding", "检查情况"))),),
)
PENALTIES = Register(
    code="home-penalties",
    title="养老机构行政处罚",
    covers=("S-088",),
    model=Penalty,
    icon="gavel",
    unit="件",
    help="按决定书登记，公示期内群众可以查到，并计入信用分。",
    columns=(
        Column("number", "决定书文号", "code"),
        HOME,
        PLACE,
        Column("kind", "种类", "choice"),
        Column("reason", "违法事实"),
        Column("basis", "依据", shown=False),
        Column("fine_fen", "罚款", "money"),
        Column("decided_on", "决定日期", "date", sortable=True),
        Column("public_until", "公示至", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "种类", "choice", options=tuple(Penalty.Kind.choices)),
        Filter("decided", "决定日期", "dates", "decided_on"),
    ),
    search=(Search("number", "exact"), Search("facility__name", "contains")),
    search_hint="决定书文号，或机构名称",
)
