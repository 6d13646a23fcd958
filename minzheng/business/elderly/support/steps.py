"""The way of the voucher: accepted, looked at by the township, confirmed by the county; then it comes every month by itself."""

from minzheng.foundation.items import Office, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    HELPER,
    REVIEWER,
    WITHDRAW,
    applying,
    grant,
    propose_grant,
    propose_refuse,
    refuse,
    running,
    send_back,
    telling,
)

VOUCHER_STEPS = (
    *applying("review", also=("assessed",)),
    Step(
        key="review",
        title="乡镇（街道）审核",
        status=Status.CHECKING,
        roles=(REVIEWER, CLERK),
        moves=(
            propose_grant(),
            propose_refuse(),
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
            grant(("accept", "propose_grant"), notice="voucher"),
            refuse(("accept", "propose_refuse")),
            send_back("review", marks=("returned", "assessed")),
        ),
        waits="正在审核确认。",
    ),
    telling(HELPER),
    running(
        "按月发放服务券",
        stop="不再使用",
        close="停发，办结",
        waits="已经确认，每月自动到账，下单时选“养老服务券”付费。",
    ),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="ended", title="已终止", status=Status.ENDED),
)
