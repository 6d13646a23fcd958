"""How much each home is owed. The days are counted in one statement; a rate is looked up once for a county and month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from minzheng.business.elderly.institutions.benefits import CHAIN, OPERATING, RATING
from minzheng.business.elderly.institutions.models import FilingState, Home, RunLine, SubsidyYear
from minzheng.foundation.benefits.runs import RunState
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import Figures, figures
from minzheng.foundation.regions.models import Region, within

RATES = ("able", "mild", "moderate", "severe", "complete")  # by level, 0 … 4
_DAYS = """
    SELECT r.home_id, s.level, r.is_tekun,
           sum(LEAST(COALESCE(s.until, %(next)s), %(next)s) - GREATEST(s.since, %(first)s))::bigint
    FROM institutions_stay s
    JOIN institutions_resident r ON r.id = s.resident_id
    WHERE r.home_id = ANY(%(homes)s) AND s.since < %(next)s AND (s.until IS NULL OR s.until > %(first)s)
    GROUP BY 1, 2, 3
"""


@dataclass
class Owed:
    """One home's part: bed-days, whole fen, and what it was counted from (keys and figures only)."""

    home: Home
    days: int = 0
    fen: int = 0
    basis: dict[str, Any] = field(default_factory=dict)


def eligible(region: Region, month: dt.date, benefit: str) -> list[Home]:
    """Homes on the year's list (E9) that may be paid for the month: filed, run by an organisation, open, safe from fire."""
    end = add_months(month, 1)
    homes = Home.objects.filter(
        within(region.prefix, "facility__region_id"),
        Q(facility__closed_on__isnull=True) | Q(facility__closed_on__gt=month),
        facility__opened_on__lt=end,
        facility__organisation__isnull=False,
        filing=FilingState.FILED,
        filed_on__lt=end,
        pk__in=SubsidyYear.objects.filter(benefit=benefit, year=month.year).values("home"),
    ).exclude(fire="failed")
    return list(homes.select_related("facility__organisation").order_by("facility__region_id", "pk"))


def operating(region: Region, month: dt.date) -> list[Owed]:
    """Σ occupied bed-days ÷ days of the month × rate(grade of the elder, grade of the home); half up, once a home.

    A day whose grade of ability nobody knows is not paid, and is told: assessed later, the next run cannot add it, so the
    page says it before the confirmation.
    """
    homes = {home.pk: home for home in eligible(region, month, OPERATING.code)}
    next_month, in_month = add_months(month, 1), calendar.monthrange(month.year, month.month)[1]
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"homes": list(homes), "first": month, "next": next_month})
        counted = cursor.fetchall()
    figure = figures(add_months(next_month, 0) - dt.timedelta(days=1), region.code, settings.STANDARDS_SET)
    skip_tekun = bool(figure("home_operating_excludes_tekun"))
    days: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for home, level, is_tekun, number in counted:
        key = "tekun" if is_tekun and skip_tekun else "unknown" if level is None else str(level)
        days[home][key] += number
    return [_operating(home, days[key], in_month, month, figure) for key, home in homes.items() if days[key]]


def _operating(home: Home, days: dict[str, int], in_month: int, month: dt.date, figure: Figures) -> Owed:
    grade = home.grade if home.grade_until is None or home.grade_until >= month else 0
    percent = int(figure(f"home_operating_grade_{grade}"))
    rates = {key: int(figure(f"home_operating_{RATES[int(key)]}")) for key in days if key.isdigit()}
    total = sum(days[key] * rate for key, rate in rates.items()) * percent
    return Owed(
        home,
        days=sum(days[key] for key in rates),
        fen=half_up(total, in_month * 100),
        basis={
            "days": {key: days[key] for key in sorted(rates)},
            "rates": rates,
            "grade": grade,
            "percent": percent,
            "month_days": in_month,
            "tekun_days": days.get("tekun", 0),
            "unknown_days": days.get("unknown", 0),
        },
    )


def chain(region: Region, month: dt.date) -> list[Owed]:
    """Once for each verified site of a brand that has enough of them in the county."""
    last = add_months(month, 1) - dt.timedelta(days=1)
    figure = figures(last, region.code, settings.STANDARDS_SET)
    verified = [
        home
        for home in eligible(region, month, CHAIN.code)
        if home.chain and home.chain_verified_on and home.chain_verified_on <= last
    ]
    sites: dict[str, int] = defaultdict(int)
    for home in verified:
        sites[home.chain] += 1
    paid = set(_confirmed(CHAIN.code, verified).values_list("home_id", flat=True))
    least, fen = int(figure("home_chain_least_sites")), int(figure("home_chain_site"))
    return [
        Owed(home, fen=fen, basis={"sites": sites[home.chain]})
        for home in verified
        if sites[home.chain] >= least and home.pk not in paid
    ]


def rating(region: Region, month: dt.date) -> list[Owed]:
    """Once for each grade that a home reaches; a grade that has expired is none."""
    last = add_months(month, 1) - dt.timedelta(days=1)
    figure = figures(last, region.code, settings.STANDARDS_SET)
    rated = [
        home
        for home in eligible(region, month, RATING.code)
        if home.grade and (home.grade_until is None or home.grade_until >= month)
    ]
    paid = set(_confirmed(RATING.code, rated).values_list("home_id", "basis__grade"))
    return [
        Owed(home, fen=int(figure(f"home_rating_grade_{home.grade}")), basis={"grade": home.grade})
        for home in rated
        if (home.pk, home.grade) not in paid
    ]


COUNTED = {OPERATING.code: operating, CHAIN.code: chain, RATING.code: rating}


def _confirmed(benefit: str, homes: list[Home]) -> Any:
    return RunLine.objects.filter(run__benefit=benefit, run__state=RunState.CONFIRMED, home__in=homes)


def half_up(numerator: int, denominator: int) -> int:
    """Whole fen, half a fen up (DC5); both at least 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def beds_by_kind(homes: list[int]) -> dict[str, int]:
    """Beds in use or to be had, by kind."""
    open_beds = Home.objects.filter(pk__in=homes).exclude(beds__state="closed")
    return dict(
        open_beds.values_list("beds__kind").annotate(number=Count("beds")).filter(beds__kind__isnull=False)
    )
