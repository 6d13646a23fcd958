"""Every target of every declared programme as an indicator: nobody reports what the undertakings already say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from minzheng.datacenter.indicators.models import Target as IndicatorTarget
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.programmes.access import READ
from minzheng.foundation.programmes.counting import above, below, known
from minzheng.foundation.programmes.models import PlanNumber
from minzheng.foundation.programmes.programmes import DECLARED
from minzheng.foundation.programmes.words import Programme, Target
from minzheng.foundation.regions.models import Level, prefix_of, within
from minzheng.foundation.registry.words import shelf

SEEDED = {target.indicator for word in DECLARED for target in word.targets} - {""}


def code_of(word: Programme, target: Target) -> str:
    """N19 where the inventory of indicators has it already."""
    return target.indicator or f"p.{word.code}.{target.code}"


def programme_indicators() -> tuple[Indicator, ...]:
    return tuple(_indicator(word, target) for word in DECLARED for target in word.targets)


def _indicator(word: Programme, target: Target) -> Indicator:
    counts, of = target.in_words(word.unit_name)
    return Indicator(
        code=code_of(word, target),
        title=target.title,
        line=word.line,
        unit=target.unit,
        counts=counts,
        of=of,
        note=f"行动“{word.title}”，{word.document}",
        period=Period.YEAR,
        better=Better.LESS if target.comparator == "at_most" else Better.MORE,
        lowest=Level.TOWNSHIP,
        formula=_formula(word, target),
        drill=Drill(
            "undertakings", lambda month: {"programme": word.code}, permission=READ, title="查看项目"
        ),
        seed=word.seed,
        source="行动项目",
        personal=False,
    )


def _formula(word: Programme, target: Target) -> Formula:
    """As of the end of the month; a count is of the month's own year, as targets of a year are."""
    over, under, kept = above(word, target), below(word, target), known(word)
    share = None
    if under is not None:
        share = Rows(lambda month: _below(word, target, month), under.region, under.amount)
    return Formula(
        numerator=Rows(
            lambda month: above(word, target, month.year, last_day(month)).rows, over.region, over.amount
        ),
        denominator=share,
        known=Rows(lambda month: known(word, month.year).rows, kept.region),
    )


def _below(word: Programme, target: Target, month: dt.date) -> QuerySet[Any]:
    under = below(word, target, month.year)
    assert under is not None  # a share always has something below the line
    return under.rows


def set_planned(programme: str, target: str, year: int, region: str) -> None:
    """Targets of the region and of what lies below it, as planned; one that says the same is left alone."""
    word = shelf(Programme).get(programme)
    asked = word.target(target)
    if asked is None:
        return
    plans = PlanNumber.objects.filter(
        within(prefix_of(region)), programme=programme, target=target, year=year
    ).order_by("region_id")
    code, since, until = code_of(word, asked), dt.date(year, 1, 1), dt.date(year, 12, 31)
    same = IndicatorTarget.objects.filter(indicator=code, since=since, until=until)
    for plan in plans:
        versions = same.filter(region=plan.region_id).order_by("-version")
        latest = versions.first()
        said = (asked.comparator, Decimal(plan.number), plan.document)
        if latest is not None and latest.superseded_at is None:
            if (latest.comparator, latest.value, latest.document) == said:
                continue
            versions.filter(superseded_at=None).update(superseded_at=timezone.now())
        IndicatorTarget.objects.create(
            indicator=code,
            region_id=plan.region_id,
            since=since,
            until=until,
            comparator=asked.comparator,
            value=plan.number,
            document=plan.document,
            text=f"行动“{word.title}”{year}年计划"[:200],
            version=latest.version + 1 if latest else 1,
        )
