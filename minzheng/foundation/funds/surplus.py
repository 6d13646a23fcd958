"""What may be carried into the next year. 预算法 第四十二条: money not used up in two years running is surplus."""

from __future__ import annotations

from django.db.models import Sum

from minzheng.foundation.funds.models import FundPaper, PaperKind, PaperState
from minzheng.foundation.ledger.books import balance_of
from minzheng.foundation.ledger.models import Kind


def most_to_carry(paper: FundPaper) -> int:
    """Fen of the paper's fund, programme, county and year that are in their first year.

    Money carried into a year is spent before that year's own; what is left of it at the end has stayed for two years.
    """
    place = (paper.fund, paper.programme, paper.county_id)
    left = balance_of(*place, Kind.AVAILABLE, paper.year)
    used = balance_of(*place, Kind.PAID, paper.year) + balance_of(*place, Kind.TRANSIT, paper.year)
    carried = FundPaper.objects.filter(
        fund=paper.fund, programme=paper.programme, county=paper.county, year=paper.year - 1,
        kind=PaperKind.CARRY_OVER, state=PaperState.CHECKED,
    ).aggregate(fen=Sum("amount_fen", default=0))["fen"]  # fmt: skip
    returned = FundPaper.objects.filter(
        fund=paper.fund, programme=paper.programme, county=paper.county, year=paper.year,
        kind=PaperKind.SURRENDER, state=PaperState.CHECKED,
    ).aggregate(fen=Sum("amount_fen", default=0))["fen"]  # fmt: skip
    stale = max(0, carried - used - returned)
    return max(0, left - stale)
