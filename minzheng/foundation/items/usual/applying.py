"""Applying: from the form to acceptance, with one correction (handbook 0.6)."""

from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items.item import APPLICANT, SYSTEM
from minzheng.foundation.items.steps import APPLICANT_DIED, Move, Status, Step
from minzheng.foundation.items.usual.roles import CLERK, REASON

WITHDRAW = Move(
    key="withdraw",
    title="撤回申请",
    to="withdrawn",
    roles=(APPLICANT,),
    record=(Question("reason", "撤回原因", "text", required=False),),
    marks=("withdrawn",),
    careful=True,
)
DRAFT = Step(
    key="draft",
    title="填写申请",
    status=Status.DRAFT,
    roles=(APPLICANT,),
    moves=(
        Move(
            key="submit",
            title="提交申请",
            to="completeness",
            guards=("answers_sound", "nobody_applies_twice"),
            marks=("submitted",),
        ),
        WITHDRAW,
    ),
    waits="还没有提交。填好以后请点“提交申请”。",
)
CORRECTION = Step(
    key="correction",
    title="待补正",
    status=Status.CORRECTING,
    roles=(APPLICANT,),
    moves=(
        Move(
            key="resubmit",
            title="提交补正",
            to="completeness",
            guards=("answers_sound", "nobody_applies_twice"),
            marks=("corrected",),
        ),
        Move(
            key="lapse",
            title="逾期未补正，办结",
            to="lapsed",
            roles=(SYSTEM, CLERK),
            guards=("correction_lapsed",),
            marks=("lapsed",),
        ),
        WITHDRAW,
    ),
    waits="请按一次性告知的清单补正，补好后点“提交补正”。",
)
CLOSINGS = (
    Step(key="not_accepted", title="不予受理", status=Status.CLOSED),
    Step(key="withdrawn", title="申请人撤回", status=Status.CLOSED),
    Step(key="lapsed", title="逾期未补正", status=Status.CLOSED),
    APPLICANT_DIED,
)


def applying(
    accepted: str,
    *,
    record: tuple[Question | Group, ...] = (),
    routes: tuple[tuple[str, str], ...] = (),
    also: tuple[str, ...] = (),
) -> tuple[Step, Step, Step]:
    """Draft, completeness check, correction. `accepted` is the step that acceptance leads to, `routes` by track.

    `record` is what the clerk notes when accepting; `also` are marks besides `accepted`.
    """
    return DRAFT, _completeness(accepted, record, routes, also), CORRECTION


def _completeness(
    accepted: str,
    record: tuple[Question | Group, ...],
    routes: tuple[tuple[str, str], ...],
    also: tuple[str, ...],
) -> Step:
    return Step(
        key="completeness",
        title="材料审查",
        status=Status.SUBMITTED,
        roles=(CLERK,),
        moves=(
            Move(
                key="accept",
                title="受理",
                to=accepted,
                routes=routes,
                record=record,
                guards=("complete", "nobody_applies_twice"),
                marks=("accepted", *also),
                notices=("accepted",),
            ),
            Move(
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
            WITHDRAW,
        ),
        waits="乡镇（街道）正在查看材料是否齐全。",
    )
