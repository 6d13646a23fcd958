"""Arranged with a hospital → confirmed → treated → the bill checked by another person → paid to the hospital."""

from minzheng.foundation.forms import Question
from minzheng.foundation.items import Move, Office, Status, Step
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
)

BY = "民政部“孤儿医疗康复明天计划”项目实施办法（2019-03-01起施行，文号待核）"
ARRANGED = (
    Question("enrolled", "满18周岁的：仍在校就读吗？", "yes_no", required=False),
    Question(
        "recognised_as",
        "曾被认定的身份（台账上没有的才填）",
        "choice",
        options=same("孤儿", "事实无人抚养儿童"),
        required=False,
    ),
    Question("hospital", "选定的定点医院（全称）", "text", max=100, hint="照“设施”台账里的名称写。"),
    Question("plan", "诊断和治疗、康复方案", "long_text", min=4, max=1000),
    Question(
        "ceiling", "核定额度", "money", min=1, hint="预计医保和各种救助以后还剩的费用，不超过每次的上限。"
    ),
    Question("heard", "已听取孩子（能够表达的）和照护人的意见", "agree"),
)
BILL = (
    Question("admitted_on", "入院（开始康复）日期", "date", tense="past"),
    Question("discharged_on", "出院（结束康复）日期", "date", tense="past"),
    Question("total", "总费用", "money", min=1),
    Question("insured", "基本医保、大病保险和医疗救助已报销", "money", min=0),
    Question("helped", "康复救助、慈善等其他资助", "money", min=0),
    Question("invoices", "结算单、发票", "files"),
)
STEPS = (
    *applying("arrange", also=("assessed",)),
    Step(
        key="arrange",
        title="县级核对、选定医院",
        status=Status.CHECKING,
        roles=(COUNTY,),
        office=Office.COUNTY,
        moves=(
            Move(key="arrange", title="登记核对和治疗安排", record=ARRANGED, marks=("surveyed", "assessed")),
            Move(
                key="propose",
                title="报审核确认",
                to="confirm",
                record=(OPINION,),
                guards=("determined", "tomorrow_arranged"),
                needs=("arrange",),
                four_eyes_with=("accept",),
                marks=("proposed", "received"),
            ),
            WITHDRAW,
        ),
        waits="工作人员正在核对，并和您、定点医院商量治疗方案。",
    ),
    Step(
        key="confirm",
        title="县级审核确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="grant",
                title="予以资助",
                to="treatment",
                record=(OPINION,),
                guards=("eligible", "tomorrow_arranged"),
                four_eyes_with=("accept", "arrange", "propose"),
                marks=("granted", "told"),
                notices=("funded",),
                careful=True,
            ),
            Move(
                key="refuse",
                title="不予资助",
                to="telling",
                record=(OPINION,),
                guards=("ineligible",),
                four_eyes_with=("accept", "arrange", "propose"),
                marks=("refused",),
                notices=("refused",),
                careful=True,
            ),
            Move(
                key="send_back",
                title="退回重新安排",
                to="arrange",
                record=(REASON,),
                marks=("returned",),
                careful=True,
            ),
            WITHDRAW,
        ),
        waits="正在审核确认。",
    ),
    Step(
        key="treatment",
        title="治疗和康复",
        status=Status.ACTIVE,
        roles=(COUNTY,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="bill",
                title="登记出院和费用",
                to="bill_check",
                record=BILL,
                marks=("papers_done",),
                hint="只由“明天计划”付医保和各种救助以后剩下的部分。",
            ),
            Move(
                key="give_up",
                title="不再治疗，办结",
                to="given_up",
                record=(REASON,),
                marks=("ended",),
                careful=True,
            ),
        ),
        waits="请带确认书到选定的医院治疗，费用由医院和民政部门结算，不用垫付。",
        is_task=False,
    ),
    Step(
        key="bill_check",
        title="复核费用",
        status=Status.CHECKING,
        roles=(COUNTY, APPROVER),
        office=Office.COUNTY,
        moves=(
            Move(
                key="settle",
                title="费用相符，列入结算",
                to="done",
                record=(OPINION,),
                guards=("tomorrow_bill_sound",),
                four_eyes_with=("bill",),
                marks=("paid_bank",),
                careful=True,
            ),
            Move(key="redo", title="退回更正费用", to="treatment", record=(REASON,), marks=("returned",)),
        ),
        waits="治疗结束，正在由另一位同志复核费用，和医院结算。",
    ),
    telling(HELPER),
    Step(key="refused", title="不予资助", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="given_up", title="不再治疗", status=Status.ENDED),
    Step(key="done", title="已结算，按期回访", status=Status.HELPED),
)
