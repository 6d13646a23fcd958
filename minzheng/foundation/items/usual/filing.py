"""备案: an organisation (or a family) hands something in, one officer of the county looks at it and files it or says why not."""

from __future__ import annotations

from minzheng.foundation.forms import Question, Section
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


def filing(file: str, refuse: str, *, record: tuple[Question, ...] = ()) -> tuple[Step, ...]:
    """Draft, the county's look, one correction, filed or not. `file` and `refuse` name the two decisions."""
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
            roles=(COUNTY, APPROVER),
            office=Office.COUNTY,
            moves=(
                Move(
                    key="file",
                    title=file,
                    to="filed",
                    record=record,
                    guards=("complete",),
                    four_eyes_with=("submit", "resubmit"),
                    marks=("filed", "told"),
                    notices=("filed",),
                    careful=True,
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
                    key="refuse",
                    title=refuse,
                    to="refused",
                    record=(REASON,),
                    four_eyes_with=("submit", "resubmit"),
                    marks=("not_filed", "told"),
                    notices=("refused",),
                    careful=True,
                ),
                WITHDRAW,
            ),
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
        Step(key="filed", title=file, status=Status.DONE),
        Step(key="refused", title=refuse, status=Status.REFUSED),
        Step(key="withdrawn", title="申请人撤回", status=Status.CLOSED),
        Step(key="lapsed", title="逾期未补正", status=Status.CLOSED),
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
