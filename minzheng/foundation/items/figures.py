"""Figures of procedure (standards/*.yaml): limits, intervals, switches; dated, cited and local like any amount."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

from minzheng.foundation.rules import default_counter

Figures = Callable[[str], Any]
NATIONWIDE = "000000000000"


def figures(on: dt.date, region: str = NATIONWIDE, standards: str = "") -> Figures:
    """What is in force for a region (12-digit code) on a day, by name: fen, whole number, yes/no, or text.

    `standards` is the folder of standards/ (default: the installation's, MINZHENG_STANDARDS). The function given back
    raises LookupError for a figure that nobody has set: that is a fault of set-up, to be mended and not guessed round.
    """
    chosen = default_counter().standards(standards or os.environ.get("MINZHENG_STANDARDS", "demo"))
    row = chosen.row(region, on.year * 10000 + on.month * 100 + on.day)

    def figure(name: str) -> Any:
        if name not in row:
            where = "全国" if region == NATIONWIDE else region
            raise LookupError(
                f"标准集“{chosen.title}”没有 {where} 在 {on} 的参数 {name}。请在 standards/ 中补上并注明依据。"
            )
        return chosen.declared[name].kind.plain(row[name].value)

    return figure
