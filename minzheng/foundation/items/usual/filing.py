"""备案: an organisation (or a family) hands something in, one officer of the county looks at it and files it or says why not."""

from __future__ import annotations

from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Question, Section
from minzheng.foundation.items.clocks import Clock
from minzheng.foundation.items.item import APPLICANT, SYSTEM, NoticeKind
from minzheng.foundation.items.steps import Move, Office, Status, Step
from minzheng.foundation.items.usual.applying import WITHDRAW
from minzheng.foundation.items.usual.roles import APPROVER, COUNTY, REASON

SHOWN = ("applicant", "item", "number", "date", "place")
# Who answers for an organisation's application: whom the office calls (handbook 11, block O).
HANDLER = Section(
    "handler",
    "经办人",
    (
        Question("handler_name", "经办人姓名", "name"),
        Question("handler_phone", "经办人电话", "phone"),
    ),
)


ASK_ONCE = Move(
    key="ask_correction",
    title="一次性告知补正",
    to="correction",
    record=(
        Question(
            "also",
            "还要补充的其他内容",
            "long_text",
            required=False,
            hint="系统查到的缺项会自动列出。",
        ),
    ),
    guards=("correction_not_asked",),
    marks=("correction_asked",),
    notices=("correction",),
)


def filing(
    file: str, refuse: str, *, record: tuple[Question, ...] = (), verified: tuple[Question, ...] = ()
) -> tuple[Step, ...]:
    """Draft, the county's look, one correction, filed or not. `file` and `refuse` name the two decisions.

    `record` is noted with the decision. With `verified`, one officer verifies and notes that, and the approver decides:
    for what ends in money.
    """
    handled = ("submit", "resubmit", *(("verify",) if verified else ()))
    decisions = (
        Move(
            key="file",
            title=file,
            to="filed",
            record=record,
            guards=("complete",),
            four_eyes_with=handled,
            marks=("filed", "told"),
            notices=("filed",),
            careful=True,
        ),
        Move(
            key="refuse",
            title=refuse,
            to="refused",
            record=(REASON,),
            four_eyes_with=handled,
            marks=("not_filed", "told"),
            notices=("refused",),
            careful=True,
        ),
    )
    verify = Move(
        key="verify",
        title="核实，报县级确认",
        to="deciding",
        record=verified,
        guards=("complete", "nobody_applies_twice"),
        four_eyes_with=("submit", "resubmit"),
        marks=("accepted", "received"),
    )
    moves, roles = ((verify,), (COUNTY,)) if verified else (decisions, (COUNTY, APPROVER))
    draft, checking, correction = handing_in(moves, roles)
    return (
        draft,
        checking,
        *((_deciding(decisions),) if verified else ()),
        correction,
        Step(key="filed", title=file, status=Status.DONE),
        Step(key="refused", title=refuse, status=Status.REFUSED),
        *CLOSED,
    )


CLOSED = (
    Step(key="withdrawn", title="申请人撤回", status=Status.CLOSED),
    Step(key="lapsed", title="逾期未补正", status=Status.CLOSED),
)


def handing_in(look: tuple[Move, ...], roles: tuple[str, ...]) -> tuple[Step, Step, Step]:
    """Draft, the county's look at it (`look`: what `roles` may decide there), one correction. It may end in CLOSED."""
    return (
        Step(
            key="draft",
            title="填写",
            status=Status.DRAFT,
            roles=(APPLICANT,),
            moves=(_hand_in("submit", "提交", "submitted"), WITHDRAW),
            waits="还没有提交。填好以后请点“提交”。",
        ),
        Step(
            key="checking",
            title="县级核对",
            status=Status.CHECKING,
            roles=roles,
            office=Office.COUNTY,
            moves=(*look, ASK_ONCE, WITHDRAW),
            waits="县级民政部门正在核对。",
        ),
        Step(
            key="correction",
            title="待补正",
            status=Status.CORRECTING,
            roles=(APPLICANT,),
            moves=(
                _hand_in("resubmit", "提交补正", "corrected"),
                Move(
                    key="lapse",
                    title="逾期未补正，办结",
                    to="lapsed",
                    roles=(SYSTEM, COUNTY),
                    guards=("correction_lapsed",),
                    marks=("lapsed",),
                ),
                WITHDRAW,
            ),
            waits="请按一次性告知的清单补正，补好后点“提交补正”。",
        ),
    )


def filing_clock(title: str, length: str, cite: str, unit: Unit = Unit.WORKDAYS) -> Clock:
    """From the day it was handed in to the decision; quiet while it lies with the applicant."""
    return Clock(
        key="handle",
        title=title,
        starts="submitted",
        stops=("filed", "not_filed", "withdrawn", "lapsed"),
        pauses=("correction",),
        length=length,
        unit=unit,
        cite=cite,
    )


def _deciding(decisions: tuple[Move, ...]) -> Step:
    return Step(
        key="deciding",
        title="县级确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            *decisions,
            Move(
                key="send_back",
                title="退回重新核实",
                to="checking",
                record=(REASON,),
                marks=("returned",),
                careful=True,
            ),
            WITHDRAW,
        ),
        waits="已经核实，正在确认。",
    )


def filing_notices(mark: str, cite: str, filed: str, refused: str) -> tuple[NoticeKind, ...]:
    """`filed` and `refused` are the titles of the two notices that end it."""
    return (
        NoticeKind(key="filed", title=filed, mark=mark + "备", cite=cite, shows=SHOWN),
        NoticeKind(
            key="correction",
            title="一次性补正通知书",
            mark=mark + "补",
            cite=cite,
            shows=(*SHOWN, "missing", "correct_by"),
        ),
        NoticeKind(key="refused", title=refused, mark=mark + "不", cite=cite, shows=(*SHOWN, "reasons")),
    )


def _hand_in(key: str, title: str, mark: str) -> Move:
    return Move(key=key, title=title, to="checking", guards=("answers_sound",), marks=(mark,))
