"""What most indicators of a benefit are made of: who is entitled, what is owed and paid, which standard is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet

from minzheng.datacenter.indicators.words import Figures, Formula, Indicator, Period
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.payments.models import LineState, PaymentLine
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.standards import Value

Query = Callable[[dt.date], QuerySet]


def in_month(month: dt.date, *codes: str, path: str = "") -> Q:
    """Rights to one of the benefits that run in the month; `path` leads to the entitlement."""
    runs_on = Q(**{f"{path}until_month__isnull": True}) | Q(**{f"{path}until_month__gte": month})
    begun = Q(**{f"{path}benefit__in": codes, f"{path}since_month__lte": month})
    return runs_on & begun & ~Q(**{f"{path}state": State.VOID})


def entitled(*codes: str) -> Query:
    return lambda month: Entitlement.objects.filter(in_month(month, *codes))


def kept(*codes: str) -> Query:
    """Where rights to the benefit are kept in this system at all."""
    return lambda month: Entitlement.objects.filter(benefit__in=codes)


def owed(*codes: str) -> Query:
    """The amount of the month for each right; superseded decisions do not count."""
    return lambda month: EntitlementAmount.objects.filter(
        in_month(month, *codes, path="entitlement__"),
        Q(until_month__isnull=True) | Q(until_month__gte=month),
        superseded_at__isnull=True,
        from_month__lte=month,
    )


def ran(*codes: str, whole_year: bool = False) -> Query:
    """Lines of the month's runs: months that the former system paid have no spending in this one."""

    def rows(month: dt.date) -> QuerySet[PaymentLine]:
        first = month.replace(month=1) if whole_year else month
        return PaymentLine.objects.filter(benefit__in=codes, month__gte=first, month__lte=month)

    return rows


def paid(*codes: str, whole_year: bool = False) -> Query:
    """Of these, what the bank has paid, arrears and reissues included."""
    lines = ran(*codes, whole_year=whole_year)
    return lambda month: lines(month).filter(state=LineState.PAID)


def recipients_filter(month: dt.date) -> dict[str, object]:
    """The filters of a register of entitlements (since, last, void) for those that run in the month."""
    return {"since_to": month.isoformat(), "last_from": month.isoformat(), "void": False}


def standard(
    code: str, title: str, name: str, *, line: str, unit: str, seed: str, share: int = 1
) -> Indicator:
    """The standard in force on the month's first day, by province, city and county; divided by `share` (12: a month
    of a yearly amount)."""

    def read(month: dt.date) -> dict[str, int]:
        rows = standards_of(month)
        return {code: row[name].value // share for code, row in rows.items() if name in row}  # type: ignore[operator]

    figures = Figures(read)
    return Indicator(
        code=code, title=title, line=line, unit=unit, counts="当月执行的标准", period=Period.POINT,
        lowest=Level.COUNTY, formula=Formula(numerator=figures, known=figures, summed=False), seed=seed,
        source="标准库（standards/）", personal=False, aspect="提标",
    )  # fmt: skip


def counties_with(name: str, wanted: object) -> Figures:
    """1 for each county in which the standard has that value, 0 where it has another."""

    def read(month: dt.date) -> dict[str, int]:
        kind = default_counter().standards(settings.STANDARDS_SET).declared[name].kind
        rows = standards_of(month, Level.COUNTY)
        return {code: int(kind.plain(row[name].value) == wanted) for code, row in rows.items() if name in row}

    return Figures(read)


def every_county(month: dt.date) -> dict[str, int]:
    """1 for each county there is."""
    return dict.fromkeys(standards_of(month, Level.COUNTY), 1)


def standards_of(month: dt.date, highest: Level = Level.PROVINCE) -> dict[str, dict[str, Value]]:
    """{12-digit code: standards in force by name} of every division from `highest` down to the counties."""
    book = default_counter().standards(settings.STANDARDS_SET)
    day = month.year * 10000 + month.month * 100 + month.day
    places = Region.objects.on(month).filter(level__gte=highest, level__lte=Level.COUNTY)
    return {code: book.row(code, day) for code in places.values_list("code", flat=True)}
