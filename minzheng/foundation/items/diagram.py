"""An item's flow as a Mermaid state diagram, for the guides: the declaration draws itself."""

from collections.abc import Iterator

from minzheng.foundation.items.item import ServiceItem, Track


def mermaid(item: ServiceItem) -> str:
    return "\n".join(["stateDiagram-v2", "    direction TB", *_lines(item)]) + "\n"


def _lines(item: ServiceItem) -> Iterator[str]:
    for step in item.steps:
        yield f'    state "{step.title}" as {step.key}'
    yield f"    [*] --> {item.first_step.key}"
    for step, move in item.all_moves:
        if move.to:
            yield f"    {step.key} --> {move.to} : {move.title}"
        for track, to in move.routes:
            yield f"    {step.key} --> {to} : {move.title}（{Track(track).label}）"
    for step in item.steps:
        if step.status.is_final:
            yield f"    {step.key} --> [*]"
