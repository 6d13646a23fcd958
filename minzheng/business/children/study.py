"""C5 on its way: handed in with this year's proof of enrolment, checked and confirmed by the county, paid once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import Material, Move, Office, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLOSINGS,
    COUNTY,
    HELPER,
    OPINION,
    REASON,
    WITHDRAW,
    applying,
    same,
    telling,
    total,
)

if TYPE_CHECKING:  # items are read without a database, too (`minzheng clocks`)
    from minzheng.foundation.cases.models import Case

CITE = "福彩圆梦·孤儿助学工程实施办法；各地规定"
STAGES = ("高中或中职", "专科", "本科", "硕士研究生")

FORM = Form(
    (
        Section(
            "school",
            "上学情况",
            (
                Question("school_year", "哪一个学年？", "number", min=2019, max=2100, hint="写秋季开学的年份，如2026。"),
                Question("education", "现在读什么？", "choice", options=same(*STAGES)),
                Question("school", "学校名称", "text"),
            ),
        ),
        Section(
            "contact",
            "联系和领款",
            (
                Question("phone", "联系电话", "phone"),
                Question("bank_name", "开户银行", "text", page="助学金发到哪里？"),
                Question("bank_account", "本人的银行卡号", "bank_account", page="助学金发到哪里？"),
                Question("promise", "我承诺以上内容真实；休学、退学会及时告知。", "agree"),
            ),
        ),
    )
)  # fmt: skip
ENROLMENT = Material(
    key="enrolment", title="本学年在读证明", why="各校学籍没有全部联网；学籍查得到的可以不交", required=False
)


def granted_this_year(case: Case, on: dt.date) -> dict[str, Any]:
    """One grant a school year: whether an earlier application for the same year was granted."""
    from minzheng.foundation.cases.models import Case, Outcome

    earlier = Case.objects.filter(item=case.item, applicant=case.applicant, outcome=Outcome.GRANTED).exclude(
        pk=case.pk
    )
    year = case.data.get("school_year")
    return {"study_granted": any(one.data.get("school_year") == year for one in earlier)}


STEPS = (
    *applying("check", also=("assessed",)),
    Step(
        key="check",
        title="县级核对学籍",
        status=Status.CHECKING,
        roles=(COUNTY,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="check",
                title="登记学籍核对结果",
                record=(
                    Question("enrolled", "本学年在校就读", "yes_no"),
                    Question(
                        "recognised_as", "曾被认定的身份（台账上没有的才填）", "choice",
                        options=same("孤儿", "事实无人抚养儿童"), required=False,
                    ),
                    Question("finding", "核对情况", "long_text", min=2),
                ),
                marks=("surveyed", "assessed"),
            ),
            Move(
                key="propose", title="报审核确认", to="confirm", record=(OPINION,), guards=("determined",),
                needs=("check",), four_eyes_with=("accept",), marks=("proposed", "received"),
            ),
            WITHDRAW,
        ),
        waits="县级民政部门正在核对学籍。",
    ),
    Step(
        key="confirm",
        title="县级审核确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="grant", title="予以发放", to="done", record=(OPINION,), guards=("eligible",),
                four_eyes_with=("accept", "check", "propose"), marks=("granted", "told"), notices=("granted",),
                careful=True,
            ),
            Move(
                key="refuse", title="不予发放", to="telling", record=(OPINION,), guards=("ineligible",),
                four_eyes_with=("accept", "check", "propose"), marks=("refused",), notices=("refused",), careful=True,
            ),
            Move(key="send_back", title="退回重新核对", to="check", record=(REASON,), marks=("returned",), careful=True),
            WITHDRAW,
        ),
        waits="正在审核确认。",
    ),
    telling(HELPER),
    Step(key="refused", title="不予发放", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="done", title="已确认，列入发放", status=Status.HELPED),
)  # fmt: skip
CLOCKS = (total("study_total_days", CITE),)
