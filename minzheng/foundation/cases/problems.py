"""What only the engine of cases can say of an item that is declared wrongly: a guard that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.foundation.cases.guards import GUARDS
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import finds_problems


@finds_problems(ServiceItem)
def guard_problems(item: ServiceItem) -> Iterator[str]:
    for step, move in item.all_moves:
        if unknown := set(move.guards) - set(GUARDS):
            yield (
                f"步骤 {step.key} 的操作 {move.key}：guards 里的 {'、'.join(sorted(unknown))} 不存在，"
                f"请用：{'、'.join(sorted(GUARDS))}。"
            )
