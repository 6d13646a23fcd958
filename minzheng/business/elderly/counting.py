"""The rows that the indicators of a month count."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.business.elderly.assessment.models import Assessment, Level
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.visiting.rounds import listed, on_time
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.services.models import Order, State

__all__ = ["assessed", "listed", "moderate_or_worse", "on_time", "running_beds", "served", "signed"]


def assessed(month: dt.date) -> QuerySet[Assessment]:
    return Assessment.objects.filter(assessed_on__lte=last_day(month))


def moderate_or_worse(month: dt.date) -> QuerySet[Assessment]:
    """Valid on the month's last day, each person once, by the latest result."""
    last = last_day(month)
    valid = Assessment.objects.filter(assessed_on__lte=last, valid_until__gte=last)
    latest = valid.order_by("person", "-assessed_on", "-id").distinct("person").values("pk")
    return Assessment.objects.filter(pk__in=latest, level__gte=Level.MODERATE)


def running_beds(month: dt.date) -> QuerySet[CareBed]:
    last = last_day(month)
    return CareBed.objects.filter(Q(until__isnull=True) | Q(until__gt=last), since__lte=last)


def signed(month: dt.date) -> QuerySet[ClinicContract]:
    last = last_day(month)
    return ClinicContract.objects.filter(since__lte=last, until__gte=last)


def served(month: dt.date) -> QuerySet[Order]:
    return Order.objects.filter(
        state__in=[State.CONFIRMED, State.SETTLED], finished_at__date__range=(month, last_day(month))
    )
