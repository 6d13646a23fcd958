"""What the registries count each month: weddings, divorces, those who thought better of it, bookings that were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import QuerySet

from minzheng.business.marriage.models import Divorce, DivorceState, Kind, Registration, Registry, Source
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.booking.models import Booking, State
from minzheng.foundation.regions.models import Level

LINE = "婚姻登记"


def registries(month: dt.date) -> QuerySet[Registry]:
    """Where a registry is kept, no registration in a month is nought and not unknown."""
    return Registry.objects.all()


def acts(kind: Kind) -> Callable[[dt.date], QuerySet[Registration]]:
    def of(month: dt.date) -> QuerySet[Registration]:
        return Registration.objects.filter(
            kind=kind, source=Source.REGISTERED, registered_on__gte=month, registered_on__lt=next_month(month)
        )

    return of


def closed(*states: DivorceState) -> Callable[[dt.date], QuerySet[Divorce]]:
    def of(month: dt.date) -> QuerySet[Divorce]:
        return Divorce.objects.filter(state__in=states, closed_on__gte=month, closed_on__lt=next_month(month))

    return of


def booked(*states: State) -> Callable[[dt.date], QuerySet[Booking]]:
    """Bookings whose day is over, in one of the states."""

    def of(month: dt.date) -> QuerySet[Booking]:
        return Booking.objects.filter(state__in=states, slot__day__gte=month, slot__day__lt=next_month(month))

    return of


def of_month(kind: Kind) -> Drill:
    return Drill(
        "marriage_register",
        lambda month: {
            "kind": kind.value,
            "on_from": f"{month}",
            "on_to": f"{next_month(month) - dt.timedelta(days=1)}",
        },
        permission="marriage.read",
    )


KNOWN = Rows(registries)

WEDDINGS = Indicator(
    code="marriage.registrations", title="结婚登记", line=LINE, unit="对", better=Better.NONE, source="婚姻登记簿",
    counts="当月办理的结婚登记", lowest=Level.COUNTY, drill=of_month(Kind.MARRIAGE),
    formula=Formula(numerator=Rows(acts(Kind.MARRIAGE)), known=KNOWN),
)  # fmt: skip
DIVORCES = Indicator(
    code="marriage.divorces", title="离婚登记", line=LINE, unit="对", better=Better.NONE, source="婚姻登记簿",
    counts="当月发给离婚证的", lowest=Level.COUNTY, drill=of_month(Kind.DIVORCE),
    formula=Formula(numerator=Rows(acts(Kind.DIVORCE)), known=KNOWN),
)  # fmt: skip
WITHDRAWN = Indicator(
    code="marriage.withdrawn", title="冷静期后没有离婚的比例", line=LINE, unit="%", source="离婚登记申请台账",
    counts="当月办结的申请中，一方撤回或期满未领证的", of="当月办结的离婚登记申请", lowest=Level.COUNTY,
    formula=Formula(
        numerator=Rows(closed(DivorceState.WITHDRAWN, DivorceState.DEEMED)),
        denominator=Rows(closed(DivorceState.WITHDRAWN, DivorceState.DEEMED, DivorceState.REGISTERED)),
        known=KNOWN,
    ),
)  # fmt: skip
KEPT = Indicator(
    code="marriage.bookings_kept", title="预约到场率", line=LINE, unit="%", source="预约名单",
    counts="当月预约中到场的", of="当月到期的预约（不含取消）", lowest=Level.COUNTY,
    formula=Formula(
        numerator=Rows(booked(State.CAME)), denominator=Rows(booked(State.CAME, State.MISSED)), known=KNOWN
    ),
)  # fmt: skip
