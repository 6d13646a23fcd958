"""A monthly benefit of one person after it was confirmed: kept, looked at again, changed, ended."""

from __future__ import annotations

from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items.item import APPLICANT, SYSTEM
from minzheng.foundation.items.steps import Move, Office, Status, Step
from minzheng.foundation.items.usual.roles import APPROVER, CLERK, HELPER, OPINION, REASON, same

Record = tuple[Question | Group, ...]
RECHECKED = ("verify", "propose_change", "propose_stop")


def verify(verified: Record) -> Move:
    return Move(
        key="verify",
        title="登记核实情况",
        record=(*verified, Question("finding", "核实情况", "long_text", min=2)),
        marks=("surveyed", "assessed"),
        hint="只填写与登记不一致或还缺少的；没有核实的留空。",
    )


ACTIVE = Step(
    key="active",
    title="享受待遇",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(
        Move(
            key="change",
            title="报告情况变化",
            to="recheck",
            roles=(APPLICANT, HELPER, CLERK, SYSTEM),
            record=(Question("story", "发生了什么变化？", "long_text", min=2),),
            marks=("review_started", "assessed"),
        ),
        Move(
            key="death",
            title="登记死亡",
            to="ended",
            roles=(HELPER, CLERK, SYSTEM),
            record=(
                Question("died_on", "死亡日期", "date", tense="past"),
                Question(
                    "source",
                    "依据",
                    "choice",
                    options=same("死亡证明", "火化证明", "公安注销", "家属报告", "数据比对"),
                ),
            ),
            marks=("died", "ended"),
            careful=True,
        ),
        Move(
            key="give_up",
            title="自愿放弃",
            to="confirm_change",
            roles=(APPLICANT, CLERK),
            record=(REASON,),
            marks=("review_started", "assessed"),
            careful=True,
        ),
        Move(
            key="close",
            title="待遇已停发，办结",
            to="ended",
            roles=(SYSTEM,),
            record=(REASON,),
            guards=("right_has_ended",),
            marks=("ended",),
        ),
    ),
    waits="已经确认，按月发放。情况有变化请及时告知。",
    is_task=False,
)


def recheck(verified: Record) -> Step:
    return Step(
        key="recheck",
        title="复核",
        status=Status.ACTIVE,
        roles=(CLERK,),
        moves=(
            verify(verified),
            Move(
                key="keep",
                title="没有变化，继续发放",
                to="active",
                record=(OPINION,),
                guards=("eligible", "amount_same"),
                marks=("review_finished",),
            ),
            Move(
                key="propose_change",
                title="拟调整金额",
                guards=("eligible",),
                marks=("received",),
                to="confirm_change",
                record=(OPINION,),
            ),
            Move(
                key="propose_stop",
                title="不再符合条件，拟停发",
                guards=("ineligible",),
                marks=("received",),
                to="confirm_change",
                record=(OPINION,),
            ),
        ),
        waits="正在复核，期间照常发放。",
    )


CONFIRM_CHANGE = Step(
    key="confirm_change",
    title="县级确认调整",
    status=Status.ACTIVE,
    roles=(APPROVER,),
    office=Office.COUNTY,
    moves=(
        Move(
            key="confirm_change",
            title="确认调整金额",
            to="active",
            record=(OPINION,),
            guards=("eligible",),
            needs_once=("propose_change",),
            four_eyes_with=RECHECKED,
            marks=("changed", "review_finished"),
            notices=("changed",),
            careful=True,
        ),
        Move(
            key="confirm_stop",
            title="停发",
            to="ended",
            record=(OPINION,),
            guards=("ineligible",),
            four_eyes_with=RECHECKED,
            marks=("ended", "review_finished"),
            notices=("stopped",),
            careful=True,
        ),
        Move(
            key="confirm_give_up",
            title="确认自愿放弃",
            to="ended",
            record=(OPINION,),
            needs_once=("give_up",),
            four_eyes_with=("give_up",),
            marks=("ended", "review_finished"),
            notices=("stopped",),
            careful=True,
        ),
        Move(
            key="back_to_recheck",
            title="退回复核",
            to="recheck",
            record=(REASON,),
            marks=("returned",),
        ),
    ),
    waits="复核结果正在审核确认。",
)
