"""The word Reserve (备用金): which items may be paid at once from a township's own account, and up to what amount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from minzheng.foundation.registry.words import Word, all_shelves, shelf


@dataclass(frozen=True, kw_only=True)
class Reserve(Word):
    """A kind of reserve fund. Amounts are names of dated standards; each township's ceiling is the county's decision.

    A move of one of `items` with the mark `paid_cash` is an advance from the fund of the case's township.
    """

    file: ClassVar[str] = "benefits"

    programme: str  # 资金项目 under which the ledger keeps the money, in the county and in the townships
    items: tuple[str, ...]
    cap: str  # standard: the most that one case is paid from it (fen)
    ceiling: str  # standard: what a fund may hold where the county has not decided otherwise (fen)
    floor_percent: str  # standard: below this share of the ceiling the county is told
    cite: str

    def problems(self) -> Iterable[str]:
        if not self.cite:
            yield "cite 没有填写：请写明设立备用金的依据（文号和条款）。"
        for found in all_shelves():
            if found.word.file == "items" and len(found):
                for item in self.items:
                    if item not in found:
                        yield f"items 里的事项 {item} 不存在，请改为已声明的事项代码。"


def reserve(code: str) -> Reserve:
    """The declared kind; LookupError when no line declares it."""
    return shelf(Reserve).get(code)


def reserve_for(item: str) -> Reserve:
    """The kind from which cases of an item are paid; LookupError when there is none."""
    for declared in shelf(Reserve):
        if item in declared.items:
            return declared
    raise LookupError(f"没有哪一种备用金可以支付事项 {item}。请在业务线的 benefits.py 里声明 Reserve。")
