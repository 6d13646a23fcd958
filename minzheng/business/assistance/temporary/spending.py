"""A7, step by step: checked and visited like dibao, posted, confirmed in the township up to its limit (国发〔2014〕47号)."""

from dataclasses import replace

from minzheng.business.assistance.dibao.decide import OBJECTION, PUBLICITY
from minzheng.business.assistance.dibao.records import VISIT_RECORD
from minzheng.business.assistance.dibao.roles import (
    APPROVER,
    CLERK,
    COUNTY,
    HANDLED,
    HELPER,
    OPINION,
    REVIEWER,
)
from minzheng.business.assistance.dibao.survey import (
    ASK_CHECK,
    COUNTY_VISIT,
    DATA_CHECK,
    OPINION_STEP,
    SEND_BACK,
    SURVEY,
    VISIT,
)
from minzheng.business.assistance.temporary.emergency import PAY_PHOTO, PAY_TWO
from minzheng.business.assistance.temporary.form import SEVERITIES
from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.usual import CLOSINGS, WITHDRAW, applying, publicity, same, telling, total

BY = "国发〔2014〕47号；民发〔2018〕23号"
FOUND = (
    Question("spending_months", "核定按几个月计算？", "number", min=1, max=12, unit="个月"),
    Question("spending_severity", "困难程度", "choice", options=same(*SEVERITIES)),
    Question(
        "spending_new_facts",
        "一年内因同一事由救助过的，这次有新的情况吗？",
        "yes_no",
        required=False,
        hint="没有救助过的不用填。",
    ),
)
RECORD: tuple[Question | Group, ...] = (
    *(one for one in VISIT_RECORD if one.key != "dibao_class"),
    *FOUND,
)
SURVEYING = replace(
    SURVEY,
    moves=tuple(
        replace(move, record=RECORD) if move.key in {VISIT.key, COUNTY_VISIT.key} else move
        for move in SURVEY.moves
    ),
)
CONFERENCE = Move(
    key="conference",
    title="登记一事一议结果",
    roles=(COUNTY, APPROVER),
    record=(
        Question("spending_conference", "已召开县级会议研究", "agree"),
        Question("spending_conference_amount", "会议确定的救助金额", "money", min=1),
        Question("minutes", "会议纪要文号", "text"),
    ),
    marks=("surveyed", "assessed"),
    hint="只在按标准计算的金额超过封顶额时才会采用；金额变了要退回重新公示。",
)


def confirmation(key: str, title: str, office: Office, role: str, after: str, *marks: str) -> Step:
    """审核确认 by one who has not handled the case; `after` is where the money is given out."""
    return Step(
        key=key,
        title=title,
        status=Status.DECIDING,
        roles=(role,),
        office=office,
        moves=(
            Move(
                key="grant",
                title="予以救助",
                to=after,
                record=(OPINION,),
                guards=("eligible", "county_visited", "no_open_objection", "check_in_force", "as_posted"),
                four_eyes_with=HANDLED,
                marks=("granted", *marks),
                notices=("granted",),
                careful=True,
            ),
            Move(
                key="refuse",
                title="不予救助",
                to="telling",
                record=(OPINION,),
                guards=("ineligible", "county_visited", "check_in_force"),
                four_eyes_with=HANDLED,
                marks=("refused",),
                notices=("refused",),
                careful=True,
            ),
            CONFERENCE,
            ASK_CHECK,
            replace(DATA_CHECK, marks=("checked", "assessed")),
            replace(COUNTY_VISIT, record=RECORD),
            SEND_BACK,
            WITHDRAW,
        ),
        waits="正在审核确认。",
    )


PAYING = Step(
    key="paying",
    title="发放",
    status=Status.DECIDING,
    roles=(CLERK, REVIEWER),
    moves=(
        Move(
            key="by_bank",
            title="列入银行发放名单",
            to="done",
            record=(Question("account", "已核对本人银行账号", "agree"),),
            marks=("paid_bank",),
        ),
        replace(PAY_TWO, to="done", needs=(), four_eyes_with=("grant",), marks=("paid_cash",), notices=()),
        replace(PAY_PHOTO, to="done", needs=(), marks=("paid_cash",), notices=()),
    ),
    waits="已经确认，正在安排发放。",
)
STEPS = (
    *applying("survey", record=(Question("special", "属于人户分离或调查难度大的情形吗？", "yes_no", required=False),)),
    SURVEYING,
    OPINION_STEP,
    PUBLICITY,
    OBJECTION,
    confirmation("confirm_county", "县级审核确认", Office.COUNTY, APPROVER, "done", "paid_bank"),
    confirmation("confirm_township", "乡镇（街道）审核确认", Office.TOWNSHIP, REVIEWER, "paying"),
    PAYING,
    telling(HELPER),
    Step(key="refused", title="不予救助", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="done", title="已救助", status=Status.HELPED),
)  # fmt: skip
CLOCKS = (
    total("temporary_total_days", f"{BY}（办理时限由各地规定）"),
    publicity("temporary_publicity_days", f"{BY}（公示）"),
)
