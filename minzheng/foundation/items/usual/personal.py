"""The whole way of a monthly benefit of one person: applied, compared, confirmed; then kept and ended (personal_kept.py).

Acceptance works the rules out at once; an officer records only what no register knows. An application that was
handed in away from home is passed on to the place of the hukou first (跨省通办, 民发〔2021〕70号).
"""

from __future__ import annotations

from minzheng.foundation.items.item import Track
from minzheng.foundation.items.steps import Move, Office, Status, Step
from minzheng.foundation.items.usual.applying import CLOSINGS, WITHDRAW, applying
from minzheng.foundation.items.usual.deciding import grant, propose_grant, propose_refuse, refuse, send_back
from minzheng.foundation.items.usual.personal_kept import ACTIVE, CONFIRM_CHANGE, Record, recheck, verify
from minzheng.foundation.items.usual.roles import (
    APPROVER,
    CLERK,
    COUNTY,
    HELPER,
    REVIEWER,
)
from minzheng.foundation.items.usual.telling import telling

HANDLED = ("accept", "verify", "propose_grant", "propose_refuse")


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
        recheck(verified),
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


SEND_BACK = send_back("review")
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


def _review(verified: Record, after: str) -> Step:
    return Step(
        key="review",
        title="乡镇（街道）审核",
        status=Status.CHECKING,
        roles=(REVIEWER, CLERK),
        moves=(
            verify(verified),
            propose_grant(after),
            propose_refuse(),
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
            grant(handled),
            refuse(handled),
            SEND_BACK,
            WITHDRAW,
        ),
        waits="正在审核确认。",
    )
