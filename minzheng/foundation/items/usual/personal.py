"""The whole way of a monthly benefit of one person: applied, compared, confirmed, kept, ended.

Acceptance works the rules out at once; an officer records only what no register knows. An application that was
handed in away from home is passed on to the place of the hukou first (跨省通办, 民发〔2021〕70号).
"""

from __future__ import annotations

from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items.item import APPLICANT, SYSTEM, Track
from minzheng.foundation.items.steps import Move, Office, Status, Step
from minzheng.foundation.items.usual.applying import CLOSINGS, WITHDRAW, applying
from minzheng.foundation.items.usual.roles import (
    APPROVER,
    CLERK,
    COUNTY,
    HELPER,
    OPINION,
    REASON,
    REVIEWER,
    same,
)
from minzheng.foundation.items.usual.telling import telling

Record = tuple[Question | Group, ...]
HANDLED = ("accept", "verify", "propose_grant", "propose_refuse")
RECHECKED = ("verify", "propose_change", "propose_stop")


def personal(
    verified: Record, *, compared: Step | None = None, is_passed_on: bool = False
) -> tuple[Step, ...]:
    """Steps of the item. `verified`: what an officer may state about the person, by the names of facts.

    `compared`: a further office's check (`office_check`); `is_passed_on`: may be accepted away from home.
    """
    routes = ((Track.AWAY.value, "transfer"),) if is_passed_on else ()
    return (
        *applying("review", routes=routes, also=("assessed",)),
        *([TRANSFER] if is_passed_on else []),
        _review(verified, compared.key if compared else "confirm"),
        *([compared] if compared else []),
        _confirm(compared),
        telling(HELPER),
        ACTIVE,
        _recheck(verified),
        CONFIRM_CHANGE,
        Step(key="refused", title="不予确认", status=Status.REFUSED),
        *CLOSINGS,
        Step(key="ended", title="已终止", status=Status.ENDED),
    )


def office_check(title: str, *, waits: str, record: Record) -> Step:
    """A county-level comparison by or with another office, e.g. the disabled persons' federation (残联)."""
    return Step(
        key="compare",
        title=title,
        status=Status.CHECKING,
        roles=(COUNTY,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="compare",
                title=title,
                to="confirm",
                record=record,
                marks=("checked", "assessed", "received"),
                four_eyes_with=("accept",),
            ),
            SEND_BACK,
            WITHDRAW,
        ),
        waits=waits,
    )


SEND_BACK = Move(
    key="send_back", title="退回重新核实", to="review", record=(REASON,), marks=("returned",), careful=True
)
TRANSFER = Step(
    key="transfer",
    title="转送户籍地",
    status=Status.CHECKING,
    roles=(CLERK,),
    moves=(
        Move(
            key="transfer",
            title="转送户籍地审核",
            to="review",
            guards=("home_is_known",),
            marks=("transferred", "assessed"),
            notices=("transferred",),
            hint="转送后由户籍地办理，本地仍可查看进度。",
            careful=True,
        ),
        WITHDRAW,
    ),
    waits="受理地正在把申请转送户籍地。",
)


def _verify(verified: Record) -> Move:
    return Move(
        key="verify",
        title="登记核实情况",
        record=(*verified, Question("finding", "核实情况", "long_text", min=2)),
        marks=("surveyed", "assessed"),
        hint="只填写与登记不一致或还缺少的；没有核实的留空。",
    )


def _review(verified: Record, after: str) -> Step:
    return Step(
        key="review",
        title="乡镇（街道）审核",
        status=Status.CHECKING,
        roles=(REVIEWER, CLERK),
        moves=(
            _verify(verified),
            Move(
                key="propose_grant",
                title="拟给予",
                to=after,
                record=(OPINION,),
                guards=("eligible",),
                four_eyes_with=("accept",),
                marks=("proposed", *(("received",) if after == "confirm" else ())),
            ),
            Move(
                key="propose_refuse",
                title="拟不予，报审核确认",
                to="confirm",
                record=(OPINION,),
                guards=("ineligible",),
                four_eyes_with=("accept",),
                marks=("proposed", "received"),
            ),
            WITHDRAW,
        ),
        waits="乡镇（街道）正在审核。",
    )


def _confirm(compared: Step | None) -> Step:
    """审核确认 at the county, never by one who handled the case."""
    handled = (*HANDLED, *((compared.key,) if compared else ()))
    return Step(
        key="confirm",
        title="县级审核确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            Move(
                key="grant",
                title="予以确认",
                to="active",
                record=(OPINION,),
                guards=("eligible",),
                four_eyes_with=handled,
                marks=("granted", "told"),
                notices=("granted",),
                careful=True,
            ),
            Move(
                key="refuse",
                title="不予确认",
                to="telling",
                record=(OPINION,),
                guards=("ineligible",),
                four_eyes_with=handled,
                marks=("refused",),
                notices=("refused",),
                careful=True,
            ),
            SEND_BACK,
            WITHDRAW,
        ),
        waits="正在审核确认。",
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


def _recheck(verified: Record) -> Step:
    return Step(
        key="recheck",
        title="复核",
        status=Status.ACTIVE,
        roles=(CLERK,),
        moves=(
            _verify(verified),
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
