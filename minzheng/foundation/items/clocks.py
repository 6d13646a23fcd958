"""Legal clocks of an item: a limit that starts at a mark, with the rule that sets it."""

from __future__ import annotations

from dataclasses import dataclass

from minzheng.foundation.calendar import Period, Unit
from minzheng.foundation.items.figures import Figures


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One limit. It runs from the mark `starts` until one of the marks `stops`, and is quiet in `pauses`.

    `track` confines it to cases on that track (普通, 委托乡镇, 特殊); empty means every case. `promise` is the local,
    shorter figure in the same unit, shown beside the statutory one and never in place of it (handbook 0.6).
    `earliest` turns the limit round: the period must be over before the case may go on (公示).
    """

    key: str
    title: str
    starts: str
    stops: tuple[str, ...]
    length: str  # name of the dated standard that sets it, e.g. "dibao_decide_days"
    unit: Unit
    cite: str
    track: str = ""
    rolls: bool = False
    earliest: bool = False
    promise: int | None = None
    after: str = (
        ""  # key of an earlier clock: this one starts on that one's last day (离婚冷静期届满后三十日)
    )
    pauses: tuple[
        str, ...
    ] = ()  # keys of steps in which the clock stands still, where the rule excludes them
    warn_percent: int = 80

    def period(self, figures: Figures) -> Period:
        """Its length by the figures of a place and a day: the law of the day on which it starts."""
        return Period(figures(self.length), self.unit, self.rolls)
