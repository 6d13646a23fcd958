"""The way of an assessment: scored by one assessor, signed by another, approved by a supervisor (GB/T 42195—2022)."""

from minzheng.business.elderly.assessment.form import SHEET
from minzheng.foundation.forms import Question
from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    COUNTY,
    OPINION,
    REASON,
    REVIEWER,
    WITHDRAW,
    applying,
)

ASSESSORS = (CLERK, REVIEWER)
SIGNED = Question("signed", "我与另一名评估员共同在场，核对了26项评分，同意以上结果。", "agree")
BACK = Move(
    key="disagree",
    title="不同意，退回重新评分",
    to="score",
    record=(REASON,),
    marks=("returned",),
    careful=True,
)
STEPS = (
    *applying("score"),
    Step(
        key="score",
        title="上门评估",
        status=Status.CHECKING,
        roles=ASSESSORS,
        moves=(
            Move(
                key="score",
                title="填写评估表",
                to="sign",
                record=SHEET,
                marks=("survey_started", "surveyed", "assessed"),
                page="desk:ability",
                hint="在评估表里逐项点选，自动保存，随时看到合计；手机上也能填。",
            ),
            WITHDRAW,
        ),
        waits="两名评估员将上门评估，请准备好病历和用药情况。",
    ),
    Step(
        key="sign",
        title="第二名评估员签字",
        status=Status.CHECKING,
        roles=ASSESSORS,
        moves=(
            Move(
                key="sign",
                title="签字",
                to="supervise",
                record=(SIGNED,),
                guards=("eligible",),
                four_eyes_with=("score",),
                marks=("proposed", "received"),
            ),
            BACK,
        ),
        waits="评分已经完成，正在等另一名评估员签字。",
    ),
    Step(
        key="supervise",
        title="评估主管核准",
        status=Status.DECIDING,
        roles=(COUNTY, APPROVER),
        office=Office.COUNTY,
        moves=(
            Move(
                key="grant",
                title="核准评估结论",
                to="done",
                record=(OPINION,),
                guards=("eligible",),
                four_eyes_with=("score", "sign"),
                marks=("granted", "told"),
                notices=("ability_report",),
                careful=True,
            ),
            Move(
                key="return",
                title="退回重新评估",
                to="score",
                record=(REASON,),
                marks=("returned",),
                careful=True,
            ),
        ),
        waits="评估主管正在核准。",
    ),
    Step(key="done", title="评估结论已核准", status=Status.DONE),
    *CLOSINGS,
)
