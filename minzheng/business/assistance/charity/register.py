"""Beneficiaries of charity projects."""

from __future__ import annotations

from minzheng.business.assistance.charity.actions import approve, give
from minzheng.business.assistance.charity.models import PROJECTS, CharityAid, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.named import ASKED, SEARCH, SEARCH_HINT, WHERE, WHO, people_of
from minzheng.foundation.registers import Column, Filter, Register, RowAction

TONES = {State.PROPOSED: "warn", State.APPROVED: "ok", State.REFUSED: "neutral"}
CHARITY_AIDS = Register(
    code="charity-aids",
    title="慈善项目受益人",
    covers=("S-074", "S-075"),
    model=CharityAid,
    icon="heart",
    unit="人次",
    read="person.read",
    help="“情暖夕阳”“护佑健康”等项目资助了谁：同一项目一年一次，与其他资助重复的要说明，近亲属回避，另一人核定，凭签收发放。",
    persons=people_of,
    columns=(
        *WHO,
        Column("project", "项目", read=lambda one: one.title),
        Column("year", "年度", "number"),
        Column("amount_fen", "资助金额", "money"),
        Column("fund", "资金来源"),
        Column("state", "状态", "badge", tones=TONES),
        Column("given_on", "发放", "date"),
        Column("need", "困难情况", shown=False),
        Column("also_helped", "同年其他资助和说明", shown=False),
        Column("receipt", "签收凭证号", shown=False),
    ),
    filters=(
        WHERE,
        Filter("project", "项目", "choice", options=lambda: PROJECTS),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("year", "年度", "numbers"),
        Filter("ungiven", "还没有发放", "yes_no", "given_on__isnull"),
    ),
    search=SEARCH,
    search_hint=SEARCH_HINT,
    changeable=lambda one: one.state == State.PROPOSED,
    form=Form(
        (
            Section("person", "受益人", ASKED),
            Section(
                "aid",
                "资助",
                (
                    Question("project", "项目", "choice", options=PROJECTS),
                    Question("year", "年度", "number", min=2014, max=2100),
                    Question("need", "困难情况", "long_text", max=200),
                    Question("amount_fen", "资助金额", "money", min=1),
                    Question("fund", "资金来源", hint="捐赠人或基金名称。", max=60),
                    Question("also_helped", "同年其他资助和说明", max=200, required=False),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "approve", "核定", approve, "one_off.confirm", "由提出人以外、与受益人没有亲属关系的人核定。",
            questions=(Question("agree", "同意资助", "yes_no"),),
            is_open=lambda one: one.state == State.PROPOSED, fresh=True,
        ),
        RowAction(
            "give", "登记发放", give, "register.write", "凭本人或监护人签收登记。",
            questions=(Question("receipt", "签收凭证号", max=40),),
            is_open=lambda one: one.state == State.APPROVED and one.given_on is None, fresh=True,
        ),
    ),
)  # fmt: skip
