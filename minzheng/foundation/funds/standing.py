"""How one programme of a county stands in a budget year: what came, what was paid, what is left, how long it lasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from minzheng.foundation.ledger.models import Fund

COLUMNS = (
    ("年初预算", "budget"),
    ("上年结转", "carried_in"),
    ("下达", "allocated"),
    ("其中提前下达", "advanced"),
    ("已发", "paid"),
    ("在途", "transit"),
    ("交回", "surrendered"),
    ("结转下年", "carried_out"),
    ("可用余额", "available"),
)
ALWAYS = {"allocated", "paid", "available"}


@dataclass
class Flow:
    """One fund of one programme in one budget year; whole fen."""

    fund: str
    budget: int = 0
    allocated: int = 0  # all that was allotted for the year, what came in advance included
    advanced: int = 0  # of it, in advance
    carried_in: int = 0
    carried_out: int = 0
    surrendered: int = 0
    waiting: int = 0  # allotted in advance, its year has not begun
    available: int = 0
    transit: int = 0
    paid: int = 0

    @property
    def title(self) -> str:
        return Fund(self.fund).label

    @property
    def received(self) -> int:
        """What could be spent in the year."""
        return self.allocated + self.carried_in - self.surrendered

    @property
    def difference(self) -> int:
        """Papers against ledger: 0 when every fen that came in is somewhere."""
        came = self.received - self.carried_out
        return came - self.waiting - self.available - self.transit - self.paid


@dataclass
class Standing:
    """One programme in one county and budget year."""

    county: str
    programme: str
    title: str
    year: int
    flows: list[Flow]
    rate_fen: int | None  # what the latest month's lists pay; None: nothing was paid yet
    rate_month: dt.date | None
    at_least: int  # months that the money should last
    prompt: int = 0  # papers passed on in time
    papers: int = 0
    batches_prompt: int = 0
    batches: int = 0
    total: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.total = Flow("")
        for flow in self.flows:
            for name in vars(flow):
                if name != "fund":
                    setattr(self.total, name, getattr(self.total, name) + getattr(flow, name))

    @property
    def months(self) -> float | None:
        """For how many months the money lasts at the latest month's rate; None where nothing was paid yet."""
        return self.total.available / self.rate_fen if self.rate_fen else None

    @property
    def months_text(self) -> str:
        return "还没有发放过" if self.months is None else f"{int(self.months * 10) / 10:.1f} 个月"

    @property
    def prompt_text(self) -> str:
        return f"{self.prompt}/{self.papers}"

    @property
    def batches_text(self) -> str:
        return f"{self.batches_prompt}/{self.batches}"

    @property
    def is_low(self) -> bool:
        return self.months is not None and self.months < self.at_least

    @property
    def columns(self) -> list[tuple[str, int]]:
        """What a table of the programme needs: (中文, total), without what is zero for every fund."""
        return [(label, getattr(self.total, name)) for label, name in self._shown()]

    @property
    def table(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """A row for each fund: (中文, [(column, fen)])."""
        return [
            (flow.title, [(label, getattr(flow, name)) for label, name in self._shown()])
            for flow in self.flows
        ]

    def _shown(self) -> list[tuple[str, str]]:
        return [
            (label, name)
            for label, name in COLUMNS
            if name in ALWAYS or any(getattr(one, name) for one in self.flows)
        ]

    @property
    def execution(self) -> float | None:
        """Percent of what could be spent that is paid."""
        return 100 * self.total.paid / self.total.received if self.total.received > 0 else None
