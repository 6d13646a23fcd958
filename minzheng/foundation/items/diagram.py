"""An item's flow as a Mermaid state diagram, for the guides: the declaration draws itself."""

from collections.abc import Iterator

from minzheng.foundation.items.item import ServiceItem, Track
from minzheng.foundation.items.steps import APPLICANT_DIED, Move, Step

DECIDES = {"granted", "refused", "filed", "not_filed"}  # marks after which a death is a matter of the right


def mermaid(item: ServiceItem) -> str:
    return "\n".join(["stateDiagram-v2", "    direction TB", *_lines(item)]) + "\n"


def leads_of(move: Move) -> set[str]:
    """The steps that a move may lead to."""
    return {to for to in (move.to, *(to for _, to in move.routes)) if to}


def reached_from(start: set[str], leads: dict[str, set[str]]) -> set[str]:
    """`start` and everything that lies behind it, one lead after another."""
    seen, todo = set(start), list(start)
    while todo:
        fresh = leads.get(todo.pop(), set()) - seen
        seen |= fresh
        todo += fresh
    return seen


def _lines(item: ServiceItem) -> Iterator[str]:
    for step in item.steps:
        yield f'    state "{step.title}" as {step.key}'
    yield f"    [*] --> {item.first_step.key}"
    for step, move in item.all_moves:
        if move.to:
            yield f"    {step.key} --> {move.to} : {move.title}"
        for track, to in move.routes:
            yield f"    {step.key} --> {to} : {move.title}（{Track(track).label}）"
    if APPLICANT_DIED in item.steps:
        for step in _undecided(item):
            yield f"    {step.key} --> {APPLICANT_DIED.key} : 申请人去世"
    for step in item.steps:
        if step.status.is_final:
            yield f"    {step.key} --> [*]"


def _undecided(item: ServiceItem) -> Iterator[Step]:
    """The steps that a case can stand at before anything is decided."""
    leads: dict[str, set[str]] = {step.key: set() for step in item.steps}
    for step, move in item.all_moves:
        if not DECIDES & set(move.marks):
            leads[step.key] |= leads_of(move)
    reached = reached_from({item.first_step.key}, leads)
    return (step for step in item.steps if step.key in reached and not step.status.is_final)
