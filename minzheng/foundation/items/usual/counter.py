"""Finished face to face: what is sent in beforehand saves typing at the counter."""

from __future__ import annotations

from minzheng.foundation.forms import Question
from minzheng.foundation.items.item import APPLICANT, IN_PERSON, SYSTEM
from minzheng.foundation.items.steps import Move, Status, Step
from minzheng.foundation.items.usual.roles import REASON

GIVE_UP = Move(
    key="withdraw",
    title="不办了，撤回",
    to="withdrawn",
    roles=(APPLICANT,),
    marks=("withdrawn",),
    careful=True,
)
# Otherwise whoever once filled in a form and never came could not apply again years later.
LAPSE = Move(key="lapse", title="久未到场，办结", to="lapsed", roles=(SYSTEM,), guards=("nobody_came",))
# Follows from a refusal notice of the line's own register (certificates/refusals.py), which tells the reasons.
DECLINE = Move(
    key="decline",
    title="不予办理，已出具告知书",
    to="declined",
    roles=(SYSTEM,),
    record=(REASON,),
    marks=("not_accepted",),
)


def at_the_counter(
    done: str,
    roles: tuple[str, ...],
    waits: str,
    *,
    record: tuple[Question, ...] = (),
    declines: bool = False,
) -> tuple[Step, ...]:
    """Sent in beforehand, then waiting for the applicant to come. `done` is what the counter has done then.

    `waits` tells the applicant where to come and with what; `record` is what the counter notes; `declines`: the line
    refuses in writing (cases/at_counter.py decline_waiting).
    """
    declined = Step(key="declined", title="不予办理", status=Status.CLOSED)
    return (
        Step(
            key="draft",
            title="填写",
            status=Status.DRAFT,
            roles=(APPLICANT,),
            moves=(
                Move(
                    key="submit", title="提交", to=IN_PERSON, guards=("answers_sound",), marks=("submitted",)
                ),
                GIVE_UP,
            ),
            waits="还没有提交。填好以后请点“提交”。",
        ),
        Step(
            key=IN_PERSON,
            title="等待到场",
            status=Status.SUBMITTED,
            roles=roles,
            moves=(
                Move(
                    key="accept",
                    title=done,
                    to="done",
                    record=record,
                    guards=("complete",),
                    marks=("accepted",),
                ),
                Move(
                    key="not_accept",
                    title="不予受理",
                    to="not_accepted",
                    record=(REASON,),
                    marks=("not_accepted",),
                    notices=("not_accepted",),
                    careful=True,
                ),
                GIVE_UP,
                *((DECLINE,) if declines else ()),
                LAPSE,
            ),
            waits=waits,
            is_task=False,
        ),
        Step(key="done", title=done, status=Status.DONE),
        Step(key="not_accepted", title="不予受理", status=Status.CLOSED),
        *((declined,) if declines else ()),
        Step(key="withdrawn", title="申请人撤回", status=Status.CLOSED),
        Step(key="lapsed", title="久未到场", status=Status.CLOSED),
    )
