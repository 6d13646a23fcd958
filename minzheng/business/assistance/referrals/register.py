"""What was handed on to other departments."""

from __future__ import annotations

from django.urls import reverse

from minzheng.business.assistance.referrals.actions import accept, answer
from minzheng.business.assistance.referrals.models import Department, Referral, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.named import ASKED, SEARCH, SEARCH_HINT, WHERE, WHO, people_of
from minzheng.foundation.registers import Column, Filter, Register, RowAction

TONES = {State.SENT: "warn", State.ACCEPTED: "info", State.DONE: "ok", State.RETURNED: "neutral"}
REFERRALS = Register(
    code="referrals",
    title="转介",
    covers=("S-064",),
    model=Referral,
    icon="arrows-exchange",
    unit="件",
    read="person.read",
    help="窗口一门受理：不归民政办的，转给其他部门并盯到有回音；到期没有反馈的自动派人催办。",
    persons=people_of,
    columns=(
        *WHO,
        Column("department", "转给", "choice"),
        Column("matter", "需要办的事"),
        Column("state", "状态", "badge", tones=TONES),
        Column("sent_on", "转出", "date", sortable=True),
        Column("due_on", "应反馈", "date", sortable=True),
        Column("answered_on", "反馈", "date"),
        Column("answer", "反馈结果", shown=False),
        Column("contact", "部门经办人", shown=False),
    ),
    filters=(
        WHERE,
        Filter("department", "部门", "choice", options=tuple(Department.choices)),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("due", "应反馈", "dates", "due_on"),
    ),
    search=SEARCH,
    search_hint=SEARCH_HINT,
    form=Form(
        (
            Section("person", "本人", ASKED),
            Section(
                "matter",
                "转给谁、办什么",
                (
                    Question("department", "转给哪个部门", "choice", options=tuple(Department.choices)),
                    Question("matter", "需要办的事", "long_text", max=200),
                    Question("agrees", "本人同意把需要的信息转给这个部门", "agree"),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "accept", "登记部门受理", accept, "register.write", "部门收到并开始办理。",
            questions=(Question("contact", "部门经办人", max=60),), is_open=lambda one: one.state == State.SENT,
        ),
        RowAction(
            "answer", "登记部门反馈", answer, "register.write", "办结这件转介；反馈结果记入一户一条救助链。",
            questions=(
                Question("result", "结果", "choice", options=(("done", "已办理"), ("returned", "不予办理"))),
                Question("answer", "反馈结果", "long_text", hint="办了什么、多少钱；不办的写理由。", max=200),
            ),
            is_open=lambda one: one.state in (State.SENT, State.ACCEPTED),
        ),
    ),
    links=lambda one: (
        [("各部门的措施", reverse("desk:referrals:measures", args=[one.person_id]))] if one.person_id else []
    ),
)  # fmt: skip
