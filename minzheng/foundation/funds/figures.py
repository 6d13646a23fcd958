"""The standing of every county and programme, read in a few queries from papers, ledger and lists."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.funds.models import FundPaper, PaperKind, PaperState
from minzheng.foundation.funds.standing import Flow, Standing
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.models import Account, Fund, Kind
from minzheng.foundation.payments.models import Batch, BatchKind, BatchState
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf


def standings(today: dt.date, prefixes: Sequence[str], year: int | None = None) -> list[Standing]:
    """Every county and programme with papers, money or payments, under any of the region prefixes."""
    year = year or today.year
    flows = _flows(year, prefixes)
    rates = _rates(today, prefixes)
    titles = {word.programme: word.title for word in shelf(Benefit)}
    found = []
    for county, programme in sorted({*flows, *(place for place in rates if year == today.year)}):
        declared = figures(today, county, settings.STANDARDS_SET)
        rate, month = rates.get((county, programme), (None, None))
        standing = Standing(
            county=county,
            programme=programme,
            title=titles.get(programme, programme),
            year=year,
            flows=list(flows.get((county, programme), {}).values()),
            rate_fen=rate,
            rate_month=month,
            at_least=int(declared("fund_months_at_least")),
        )
        _count_prompt(standing, int(declared("fund_pass_days")), int(declared("payment_month_day")))
        found.append(standing)
    return found


def _scope(prefixes: Iterable[str], name: str) -> Q:
    scope = Q(pk=None)
    for prefix in prefixes:
        scope |= within(prefix, name)
    return scope


Flows = dict[tuple[str, str], dict[str, Flow]]
_PLACES = {Kind.ADVANCE: "waiting", Kind.AVAILABLE: "available", Kind.TRANSIT: "transit", Kind.PAID: "paid"}


def _flows(year: int, prefixes: Sequence[str]) -> Flows:
    flows: Flows = defaultdict(dict)

    def flow(county: str, programme: str, fund: str) -> Flow:
        return flows[county, programme].setdefault(fund, Flow(fund))

    papers = FundPaper.objects.filter(_scope(prefixes, "county_id"), state=PaperState.CHECKED)
    kinds = ["county_id", "programme", "fund", "kind", "year"]
    sums = papers.filter(year__in=[year - 1, year]).values_list(*kinds).order_by(*kinds)
    for county, programme, fund, kind, of, fen, counted in sums.annotate(
        fen=Sum("amount_fen"), counted=Sum("advanced_fen")
    ):
        if of == year:
            _add(flow(county, programme, fund), kind, fen, counted)
        elif kind == PaperKind.CARRY_OVER:
            flow(county, programme, fund).carried_in += fen
    accounts = Account.objects.filter(_scope(prefixes, "region_id"), year=year, kind__in=_PLACES)
    for place in accounts.order_by("fund"):
        setattr(
            flow(place.region_id, place.programme, place.fund), _PLACES[Kind(place.kind)], place.balance_fen
        )
    order = list(Fund.values)
    return {
        key: dict(sorted(funds.items(), key=lambda one: order.index(one[0]))) for key, funds in flows.items()
    }


def _add(flow: Flow, kind: str, fen: int, counted: int) -> None:
    match kind:
        case PaperKind.BUDGET:
            flow.budget += fen
        case PaperKind.ADVANCE:
            flow.advanced += fen
            flow.allocated += fen
        case PaperKind.ALLOCATION:
            flow.allocated += fen - counted
        case PaperKind.SURRENDER:
            flow.surrendered += fen
        case PaperKind.CARRY_OVER:
            flow.carried_out += fen


def _rates(today: dt.date, prefixes: Sequence[str]) -> Mapping[tuple[str, str], tuple[int, dt.date]]:
    """What the latest month's lists of each programme pay: (county, programme) → (fen, month)."""
    run = Batch.objects.filter(_scope(prefixes, "county_id"), kind=BatchKind.MONTHLY, month__lte=today)
    run = run.exclude(state=BatchState.DRAFT).order_by("county_id", "benefit", "-month")
    latest = run.distinct("county_id", "benefit").values_list("county_id", "benefit", "month", "payable_fen")
    rates: dict[tuple[str, str], tuple[int, dt.date]] = {}
    for county, code, month, fen in latest:
        key = (county, shelf(Benefit).get(code).programme)
        before, since = rates.get(key, (0, month))
        rates[key] = (before + fen, max(since, month))
    return rates


def _count_prompt(standing: Standing, pass_days: int, month_day: int) -> None:
    """Papers that arrived within the days the law allows, and lists that went out by the day of the month."""
    papers = FundPaper.objects.filter(
        county_id=standing.county, programme=standing.programme, year=standing.year, state=PaperState.CHECKED,
        kind__in=[PaperKind.ADVANCE, PaperKind.ALLOCATION],
    )  # fmt: skip
    days = [(arrived - issued).days for issued, arrived in papers.values_list("issued_on", "arrived_on")]
    standing.papers, standing.prompt = len(days), sum(count <= pass_days for count in days)
    codes = [word.code for word in shelf(Benefit) if word.programme == standing.programme]
    sent = Batch.objects.filter(
        county_id=standing.county, benefit__in=codes, kind=BatchKind.MONTHLY, month__year=standing.year,
        sent_at__isnull=False,
    ).values_list("month", "sent_at")  # fmt: skip
    standing.batches = len(sent)
    standing.batches_prompt = sum(
        at is not None and timezone.localdate(at) <= month.replace(day=month_day) for month, at in sent
    )
