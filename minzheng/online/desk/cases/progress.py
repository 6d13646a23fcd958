"""Where a case stands, in six stages that hold for every item (handbook §11)."""

from __future__ import annotations

from dataclasses import dataclass

from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Status

STAGES: tuple[tuple[str, tuple[Status, ...]], ...] = (
    ("申请", (Status.DRAFT,)),
    ("受理", (Status.SUBMITTED, Status.CORRECTING)),
    ("调查核实", (Status.CHECKING,)),
    ("公示", (Status.PUBLICITY,)),
    ("审核确认", (Status.DECIDING,)),
    ("享受待遇", (Status.ACTIVE, Status.COMPLETING)),
)
ONCE = "救助"  # the last stage of what is given once
TONES = {
    Status.ACTIVE: "ok",
    Status.HELPED: "ok",
    Status.DONE: "ok",
    Status.COMPLETING: "warn",
    Status.REFUSED: "bad",
    Status.CORRECTING: "warn",
    Status.CLOSED: "neutral",
    Status.ENDED: "neutral",
}


@dataclass(frozen=True)
class Stage:
    """For the steps component: `state` is done, now or next."""

    title: str
    state: str
    note: str = ""


def stages_of(case: Case) -> list[Stage]:
    """The stages; a case that ended early stops at the stage where it ended."""
    status = Status(case.status)
    if status is Status.REFUSED:
        return [*_upto(5, []), Stage(status.label, "now")]
    if status is Status.CLOSED:
        return [*_upto(1, []), Stage("受理", "now", case.get_outcome_display())]
    if status is Status.ENDED:
        return [*_upto(5, []), Stage("享受待遇", "done"), Stage("已终止", "now")]
    way = _way_of(case)
    if status in (Status.HELPED, Status.DONE):
        return [Stage(title, "done") for title, _ in way]
    here = next(number for number, (_, statuses) in enumerate(way) if status in statuses)
    title, step = way[here][0], case.at_step.title
    now = Stage(title, "now", step if step != title else "")
    done = [Stage(before, "done") for before, _ in way[:here]]
    return [*done, now, *(Stage(later, "next") for later, _ in way[here + 1 :])]


def _way_of(case: Case) -> list[tuple[str, tuple[Status, ...]]]:
    """All six; what is given once, or has a result that is no payment, goes through its own steps only."""
    used = {step.status for step in case.service_item.steps}
    if not case.service_item.once and Status.DONE not in used:
        return list(STAGES)
    way = [stage for stage in STAGES[:-1] if used & set(stage[1])]
    last = (Status.DONE.label, (Status.DONE,)) if Status.DONE in used else (ONCE, STAGES[-1][1])
    return [*way, last]


def _upto(number: int, after: list[Stage]) -> list[Stage]:
    return [*(Stage(title, "done") for title, _ in STAGES[:number]), *after]


def tone_of(case: Case) -> str:
    return TONES.get(Status(case.status), "info")
