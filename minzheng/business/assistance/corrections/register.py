"""Mistakes, their correction and the decision on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.business.assistance.corrections.actions import decide, mend
from minzheng.business.assistance.corrections.models import Correction, Found, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.named import WHERE
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {State.OPEN: "bad", State.MENDED: "warn", State.EXEMPT: "ok", State.ANSWERS: "neutral"}


def people_of(shown: Sequence[Correction]) -> Iterable[int]:
    return {one.case.applicant_id for one in shown if one.case}


FACTS = (
    Column("found_on", "发现日期", "date", sortable=True),
    Column("region", "所在村（社区）", "region"),
    Column("case_number", "办件编号", "code"),
    Column("found", "怎样发现的", "choice"),
    Column("mistake", "出了什么错"),
    Column("state", "状态", "badge", tones=TONES),
    Column("decided_on", "决定日期", "date"),
)
CORRECTIONS = Register(
    code="corrections",
    title="容错纠错",
    covers=("S-067",),
    model=Correction,
    rows=lambda: Correction.objects.select_related("case"),
    icon="scale",
    unit="件",
    read="case.read",
    help="非主观故意的差错：先纠正，再由没有经手的人决定是否免责。理由和决定都留在这里，供审计、巡察查看。",
    name=lambda one: f"{one.found_on}的差错",
    persons=people_of,
    columns=FACTS,
    filters=(
        WHERE,
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("found", "怎样发现的", "choice", options=tuple(Found.choices)),
        Filter("on", "发现日期", "dates", "found_on"),
    ),
    search=(Search("case_number", "exact"),),
    search_hint="完整办件编号",
    changeable=lambda one: one.state == State.OPEN,
    form=Form(
        (
            Section(
                "mistake",
                "差错",
                (
                    Question("region", "所在村（社区）", "region"),
                    Question("case_number", "办件编号", max=30, required=False),
                    Question("officer_login", "经办人登录名", max=60),
                    Question("found", "怎样发现的", "choice", options=tuple(Found.choices)),
                    Question("found_on", "发现日期", "date", tense="past"),
                    Question("mistake", "出了什么错", "long_text", max=300),
                    Question("good_faith", "当时为什么这样办", "long_text", hint="依据了什么、查了什么、请示过谁。", max=300),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "mend", "登记纠正", mend, "register.write", "错已经改过来了，才能决定是否免责。",
            questions=(Question("mending", "怎样纠正的", "long_text", max=300),),
            is_open=lambda one: one.state == State.OPEN, bulk=False,
        ),
        RowAction(
            "decide", "决定是否免责", decide, "case.oversee", "由登记人、当事人以外的人决定，记入台账，不能再改。",
            questions=(
                Question("exempt", "予以容错免责", "yes_no"),
                Question("why", "理由和依据", "long_text", hint="对照“三个区分开来”和本地容错办法。", max=300),
            ),
            is_open=lambda one: one.state == State.MENDED, bulk=False,
        ),
    ),
    details=(
        Block(
            "差错和决定",
            (
                *FACTS,
                Column("officer", "经办人", "name", "officer__display_name"),
                Column("good_faith", "当时为什么这样办"),
                Column("mended_on", "纠正日期", "date"),
                Column("mending", "怎样纠正的"),
                Column("maker", "登记人", "name", "maker__name"),
                Column("judge", "决定人", "name", "decided_by__name"),
                Column("why", "决定理由"),
            ),
        ),
    ),
)  # fmt: skip
