"""线索台账: only the county sees it, since it names who is suspected."""

from __future__ import annotations

from minzheng.business.elderly.fraud.actions import WORK, check_clue, close_clue, hand_over, was_filed
from minzheng.business.elderly.fraud.models import Clue, Office, Scheme, Source, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {
    State.NEW: "warn", State.UNFOUNDED: "neutral", State.ORDERED: "info", State.HANDED: "info", State.FILED: "bad",
    State.CLOSED: "ok",
}  # fmt: skip
FORM = Form(
    (
        Section(
            "clue",
            "线索",
            (
                Question("target", "涉及哪个单位？", max=100, hint="写招牌或单位名称，不写个人姓名。"),
                Question("region", "在哪里？", "region"),
                Question("source", "从哪里来的？", "choice", options=tuple(Source.choices)),
                Question("scheme", "什么手法？", "choice", options=tuple(Scheme.choices)),
                Question("told_on", "收到日期", "date", tense="past"),
                Question("story", "情况", "long_text", min=2, max=500, hint="不写举报人和老人的姓名、电话。"),
                Question(
                    "elders", "大约涉及多少老年人", "number", min=0, max=100_000, required=False, unit="人"
                ),
                Question("amount_fen", "大约涉及多少钱", "money", required=False),
            ),
        ),
    )
)
CLUES = Register(
    code="elder-fraud-clues",
    title="养老领域涉诈线索",
    covers=("S-110",),
    model=Clue,
    icon="alert-triangle",
    unit="条",
    read=WORK,
    write=WORK,
    export=WORK,
    help="收到线索先登记，规定时间内核查；属实的移交有权部门，跟到办结。预收费预警核查为“移交”的自动进来。",
    name=lambda one: f"{one.target}（{one.told_on:%Y年%m月%d日}）",
    form=FORM,
    columns=(
        Column("target", "涉及单位", "name"),
        Column("region", "所在地", "region"),
        Column("scheme", "手法", "choice"),
        Column("source", "来源", "choice", shown=False),
        Column("told_on", "收到", "date", sortable=True),
        Column("state", "状态", "badge", tones=TONES),
        Column("elders", "涉及老人", "number"),
        Column("amount_fen", "涉及金额", "money"),
        Column("recovered_fen", "追回", "money"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("scheme", "手法", "choice", options=tuple(Scheme.choices)),
        Filter("told", "收到日期", "dates", "told_on"),
        Filter("open", "还没有办结", "yes_no", "closed_on__isnull"),
    ),
    search=(Search("target", "contains"),),
    search_hint="单位名称",
    actions=(
        RowAction(
            "check",
            "登记核查",
            check_clue,
            WORK,
            "写明查了什么；属实的接着移交，只要整改的责令整改。",
            questions=(
                Question(
                    "found",
                    "结论",
                    "choice",
                    options=(
                        (State.NEW.value, "属实或有重大嫌疑，需要移交"),
                        (State.ORDERED.value, "收费不规范，责令整改"),
                        (State.UNFOUNDED.value, "不属实"),
                    ),
                ),
                Question("finding", "核查情况", "long_text", min=2, max=500),
                Question("checked_on", "核查日期", "date", tense="past"),
            ),
            is_open=lambda one: one.state == State.NEW and one.checked_on is None,
            bulk=False,
        ),
        RowAction(
            "hand_over",
            "移交",
            hand_over,
            WORK,
            "民政没有侦查、处罚的权力，移交给有权的部门，凭移送函。",
            questions=(
                Question("to", "移交给", "choice", options=tuple(Office.choices)),
                Question("letter_no", "移送函文号", max=60),
                Question("handed_on", "移交日期", "date", tense="past"),
            ),
            is_open=lambda one: one.checked_on is not None and one.state in (State.NEW, State.ORDERED),
            bulk=False,
        ),
        RowAction(
            "filed",
            "登记立案",
            was_filed,
            WORK,
            "按对方的立案文书登记。",
            questions=(
                Question("case_no", "立案文号", max=60),
                Question("filed_on", "立案日期", "date", tense="past"),
            ),
            is_open=lambda one: one.state == State.HANDED,
            bulk=False,
        ),
        RowAction(
            "close",
            "办结",
            close_clue,
            WORK,
            "办结以后不能再改。",
            questions=(
                Question("result", "结果", "long_text", min=2, max=300),
                Question("recovered_fen", "给老人追回多少钱", "money", required=False),
            ),
            is_open=lambda one: one.state in (State.ORDERED, State.HANDED, State.FILED),
            bulk=False,
        ),
    ),
    details=(
        Block(
            "线索",
            (
                Column("target", "涉及单位"),
                Column("facility", "在册机构", "text", "facility__name"),
                Column("region", "所在地", "region"),
                Column("source", "来源", "choice"),
                Column("scheme", "手法", "choice"),
                Column("told_on", "收到", "date"),
                Column("story", "情况"),
                Column("elders", "涉及老人", "number"),
                Column("amount_fen", "涉及金额", "money"),
            ),
        ),
        Block(
            "核查和办理",
            (
                Column("state", "状态", "badge", tones=TONES),
                Column("checked_on", "核查", "date"),
                Column("checked_by", "核查人", "name", "checked_by__name"),
                Column("finding", "核查情况"),
                Column("handed_to", "移交给", "choice"),
                Column("handed_on", "移交", "date"),
                Column("letter_no", "移送函文号", "code"),
                Column("filed_on", "立案", "date"),
                Column("case_no", "立案文号", "code"),
                Column("closed_on", "办结", "date"),
                Column("result", "结果"),
                Column("recovered_fen", "追回", "money"),
            ),
        ),
    ),
)
