"""Steps and moves: where a case can stand, who acts there, what is recorded, where it may go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from minzheng.foundation.forms import Form, Group, Question, Section


class Office(StrEnum):
    """Whose desk a step stands on."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {"village": "村（社区）", "township": "乡镇（街道）", "county": "县级民政部门"}[self.value]


class Status(StrEnum):
    """The state of a case in words that hold for every item (handbook §11)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CORRECTING = "correcting"
    CHECKING = "checking"
    PUBLICITY = "publicity"
    DECIDING = "deciding"
    ACTIVE = "active"
    COMPLETING = "completing"  # helped already, papers to follow
    HELPED = "helped"  # help that is given once was given
    DONE = "done"  # its result is no payment: a report, a certificate, finished works
    REFUSED = "refused"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]

    @property
    def is_final(self) -> bool:
        return self in FINAL


STATUS_LABELS = {
    Status.DRAFT: "填写中",
    Status.SUBMITTED: "待受理",
    Status.CORRECTING: "待补正",
    Status.CHECKING: "调查核实中",
    Status.PUBLICITY: "公示中",
    Status.DECIDING: "待审核确认",
    Status.ACTIVE: "享受中",
    Status.COMPLETING: "已救助，待补齐材料",
    Status.HELPED: "已救助",
    Status.DONE: "已办结",
    Status.REFUSED: "不予确认",
    Status.CLOSED: "已办结（未进入审核）",
    Status.ENDED: "已终止",
}
FINAL = frozenset({Status.HELPED, Status.DONE, Status.REFUSED, Status.CLOSED, Status.ENDED})


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that can be done at a step.

    `to` is the next step's key ("" stays where it is); `routes` sends a case on a track elsewhere.
    `guards` are names in foundation/cases/guards.py: each may give a reason why the move is not possible now.
    `needs` are moves that must have been made since the case came to this step; `needs_once`, at any time in this round.
    `marks` name what has happened by this move (marks.py): clocks start and stop at them, lines hear of them.
    """

    key: str
    title: str
    to: str = ""
    routes: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()  # empty: those of the step
    record: tuple[Question | Group, ...] = ()
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_once: tuple[str, ...] = ()
    four_eyes_with: tuple[str, ...] = ()  # moves whose makers may not make this one in the same round
    marks: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()  # kinds of notice that the move issues
    hint: str = ""
    careful: bool = False  # the screen asks once more before doing it
    page: str = (
        ""  # route (with the case's number) of a page of its own, where the record is too long for a form
    )

    def destination(self, track: str) -> str:
        """Key of the step the case stands at afterwards; "" when it stays."""
        return dict(self.routes).get(track, self.to)

    @property
    def form(self) -> Form:
        return Form((Section("record", self.title, self.record),))


@dataclass(frozen=True, kw_only=True)
class Step:
    """Where a case can stand. `roles` act there; `office` is whose desk it is."""

    key: str
    title: str
    status: Status
    roles: tuple[str, ...] = ()
    office: Office = Office.TOWNSHIP
    moves: tuple[Move, ...] = ()
    waits: str = ""  # what the applicant is told while the case stands here
    hint: str = ""
    is_task: bool = True  # False: the case rests here (待遇享受中) and stands on nobody's to-do list

    def move(self, key: str) -> Move:
        for move in self.moves:
            if move.key == key:
                return move
        raise LookupError(f"“{self.title}”这一步没有“{key}”这个操作。")

    def roles_of(self, move: Move) -> tuple[str, ...]:
        return move.roles or self.roles


# Reached from wherever an undecided case stands, by no move of its item (cases/applicant_died.py).
APPLICANT_DIED = Step(key="applicant_died", title="申请人去世，终止办理", status=Status.CLOSED)
