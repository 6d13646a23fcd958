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
    status, way = Status(case.status), _way_of(case)
    if status is Status.REFUSED:
        return [*_done(way[:-1]), Stage(status.label, "now")]
    if status is Status.CLOSED:
        return [*_done(way[:1]), Stage("受理", "now", case.get_outcome_display())]
    if status is Status.ENDED:
        return [*_done(way), Stage("已终止", "now")]
    if status in (Status.HELPED, Status.DONE):
        return _done(way)
    here = next(number for number, (_, statuses) in enumerate(way) if status in statuses)
    title, step = way[here][0], case.at_step.title
    now = Stage(title, "now", step if step != title else "")
    return [*_done(way[:here]), now, *(Stage(later, "next") for later, _ in way[here + 1 :])]


Way = list[tuple[str, tuple[Status, ...]]]


def _way_of(case: Case) -> Way:
    """Only through what the item has: nobody is shown a public notice (公示) of what is never posted."""
    used = {step.status for step in case.service_item.steps}
    way = [stage for stage in STAGES[:-1] if used & set(stage[1])]
    if Status.DONE in used:
        return [*way, (Status.DONE.label, (Status.DONE,))]
    return [*way, (ONCE, STAGES[-1][1]) if case.service_item.once else STAGES[-1]]


def _done(way: Way) -> list[Stage]:
    return [Stage(title, "done") for title, _ in way]


def tone_of(case: Case) -> str:
    return TONES.get(Status(case.status), "info")
