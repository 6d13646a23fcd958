"""Compute a month: one INSERT … SELECT an indicator fills every township, county, city and province at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.utils import timezone

from minzheng.datacenter.indicators.words import Figures, Formula, Indicator, Rows
from minzheng.foundation.audit.record import record
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region, within
from minzheng.foundation.registry.words import shelf

Sql = tuple[str, list[Any]]

# Some three hundred queries a month, the same every night of it: they are written once, in a third of a second.
_built: dict[tuple[Rows, dt.date, str, str], Sql] = {}
MOST_BUILT = 3_000

# `sums`: what lies in a division, seen from each of its levels. DISTINCT, because the code of a county, cut to the
# digits of a township, is the county again.
_SUMMED = """
    sums (code, n, d) AS (
        SELECT place.code, sum(facts.n), sum(facts.d)
        FROM facts, LATERAL (
            SELECT DISTINCT rpad(left(facts.code, digits), 12, '0') FROM unnest(%s::int[]) AS digits
        ) AS place (code)
        GROUP BY place.code
    )
"""
_OWN = "sums (code, n, d) AS (SELECT code, sum(n), sum(d) FROM facts GROUP BY code)"

# Where a value may stand: the counties in which the data are kept, what is above them, and their townships.
_PLACES = """
    counties (prefix) AS (SELECT DISTINCT left(code, 6) FROM kept),
    places (code, counties) AS (
        SELECT place.code, count(*)
        FROM counties, LATERAL (
            SELECT DISTINCT rpad(left(counties.prefix, digits), 12, '0') FROM unnest(ARRAY[2, 4, 6]) AS digits
        ) AS place (code)
        GROUP BY place.code
        UNION ALL
        SELECT region.code, 1
        FROM regions_region AS region JOIN counties ON left(region.code, 6) = counties.prefix
        WHERE region.level = 4 AND region.since <= %s AND (region.until IS NULL OR region.until > %s)
    )
"""
_OWN_PLACES = "places (code, counties) AS (SELECT DISTINCT code, 1 FROM kept)"

_STORE = """
    INSERT INTO indicators_indicatorvalue
        (indicator, region_id, month, numerator, denominator, value, counties, source, computed_at)
    SELECT %s, region.code, %s, COALESCE(sums.n, 0), {denominator}, {value}, places.counties, 'computed', %s
    FROM places JOIN regions_region AS region USING (code) LEFT JOIN sums USING (code)
    WHERE region.level <= %s AND region.code BETWEEN %s AND %s{condition}
    ORDER BY region.code
    ON CONFLICT (indicator, region_id, month) DO UPDATE SET
        numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator, value = EXCLUDED.value,
        counties = EXCLUDED.counties, source = EXCLUDED.source, computed_at = EXCLUDED.computed_at
"""
_FORGET = """
    DELETE FROM indicators_indicatorvalue
    WHERE indicator = %s AND month = %s AND source = 'computed' AND computed_at < %s
      AND region_id BETWEEN %s AND %s
"""


@dataclass(frozen=True)
class Computed:
    """What one run stored: values by indicator code."""

    month: dt.date
    stored: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.stored.values())


def computable() -> list[Indicator]:
    return [indicator for indicator in shelf(Indicator) if indicator.formula is not None]


def compute(
    month: dt.date, indicators: Iterable[Indicator] | None = None, county: Region | None = None
) -> Computed:
    """Store the values of a month (its first day) for all regions, or of one county and its townships only.

    Run twice, it leaves the same values. One that no longer has data behind it goes; reported values are left alone.
    """
    chosen = list(indicators) if indicators is not None else computable()
    prefix = county.prefix if county is not None else ""
    with transaction.atomic():
        stored = {indicator.code: _compute_one(indicator, month, prefix) for indicator in chosen}
        record(
            "indicators.compute", "计算指标", actor=None, region=county.code if county else "",
            month=month.isoformat(), values=sum(stored.values()),
        )  # fmt: skip
    return Computed(month, stored)


def _compute_one(indicator: Indicator, month: dt.date, prefix: str) -> int:
    assert indicator.formula is not None
    now = timezone.now()
    span = [prefix.ljust(12, "0"), prefix.ljust(12, "9")]
    sql, params = _statement(indicator, indicator.formula, month, prefix)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, indicator.code, month, now, int(indicator.lowest), *span])
        stored = cursor.rowcount
        cursor.execute(_FORGET, [indicator.code, month, now, *span])
    return stored


def _statement(indicator: Indicator, formula: Formula, month: dt.date, prefix: str) -> Sql:
    parts: list[str] = []
    params: list[Any] = []

    def add(name: str, rows: Rows | Figures) -> None:
        sql, values = _by_region(rows, month, prefix)
        parts.append(f"{name} (code, n) AS ({sql})")
        params.extend(values)

    add("numerator", formula.numerator)
    facts = "SELECT code, n, 0 AS d FROM numerator"
    if formula.denominator is not None:
        add("denominator", formula.denominator)
        facts += " UNION ALL SELECT code, 0, n FROM denominator"
    add("kept", formula.known)
    parts.append(f"facts (code, n, d) AS ({facts})")
    if formula.summed:
        digits = [SIGNIFICANT_DIGITS[level] for level in Level if level <= indicator.lowest]
        parts += [_SUMMED, _PLACES]
        params += [digits, month, month]
    else:
        parts += [_OWN, _OWN_PLACES]
    ratio = formula.denominator is not None
    store = _STORE.format(
        denominator="sums.d" if ratio else "NULL",
        value=f"sums.n * {indicator.scale}::numeric / sums.d" if ratio else "COALESCE(sums.n, 0)",
        condition=" AND sums.d > 0" if ratio else "",
    )
    return f"WITH {', '.join(parts)} {store}", params


def _by_region(rows: Rows | Figures, month: dt.date, prefix: str) -> Sql:
    """(code, number) of each division in which a row lies, as SQL."""
    if isinstance(rows, Figures):
        figures = {code: number for code, number in rows.read(month).items() if code.startswith(prefix)}
        return "SELECT * FROM unnest(%s::text[], %s::bigint[])", [list(figures), list(figures.values())]
    key = (rows, month, prefix, settings.STANDARDS_SET)
    if key not in _built:
        asked: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            built = _query(rows, month, prefix)
        if asked:  # what the database said today stands in it
            return built
        if len(_built) >= MOST_BUILT:
            _built.clear()
        _built[key] = built
    sql, values = _built[key]
    return sql, list(values)


def _query(rows: Rows, month: dt.date, prefix: str) -> Sql:
    number = Sum(rows.amount) if rows.amount else Count("pk")
    found = rows.rows(month).order_by()
    if prefix:
        found = found.filter(within(prefix, rows.region))
    sql, params = found.values(in_region=F(rows.region)).annotate(number=number).query.sql_with_params()
    return sql, list(params)
