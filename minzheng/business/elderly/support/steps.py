"""The way of the voucher: accepted, looked at by the township, confirmed by the county; then it comes every month by itself."""

from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.item import APPLICANT, SYSTEM
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    HELPER,
    OPINION,
    REASON,
    REVIEWER,
    WITHDRAW,
    applying,
    telling,
)

RUNNING_STOPS = (
    Move(
        key="stop",
        title="不再使用",
        to="ended",
        roles=(APPLICANT, CLERK),
        record=(REASON,),
        marks=("ended",),
        careful=True,
    ),
    Move(key="close", title="停发，办结", to="ended", roles=(SYSTEM,), record=(REASON,), marks=("ended",)),
)
VOUCHER_STEPS = (
    *applying("review", also=("assessed",)),
    Step(
        key="review",
        title="乡镇（街道）审核",
        status=Status.CHECKING,
        roles=(REVIEWER, CLERK),
        moves=(
            Move(
                key="propose_grant",
                title="拟给予",
                to="confirm",
                record=(OPINION,),
                guards=("eligible",),
                four_eyes_with=("accept",),
                marks=("proposed", "received"),
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
                title="予以确认",
                to="active",
                record=(OPINION,),
                guards=("eligible",),
                four_eyes_with=("accept", "propose_grant"),
                marks=("granted", "told"),
                notices=("voucher",),
                careful=True,
            ),
            Move(
                key="refuse",
                title="不予确认",
                to="telling",
                record=(OPINION,),
                guards=("ineligible",),
                four_eyes_with=("accept", "propose_refuse"),
                marks=("refused",),
                notices=("refused",),
                careful=True,
            ),
            Move(
                key="send_back",
                title="退回重新核实",
                to="review",
                record=(REASON,),
                marks=("returned", "assessed"),
                careful=True,
            ),
        ),
        waits="正在审核确认。",
    ),
    telling(HELPER),
    Step(
        key="active",
        title="按月发放服务券",
        status=Status.ACTIVE,
        roles=(CLERK,),
        moves=RUNNING_STOPS,
        waits="已经确认，每月自动到账，下单时选“养老服务券”付费。",
        is_task=False,
    ),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="ended", title="已终止", status=Status.ENDED),
)
