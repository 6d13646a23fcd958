"""The rows that the indicators of a month count."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Left

from minzheng.business.elderly.assessment.models import Assessment, Level
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.business.elderly.daycare.models import Attendance
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.medical.signing import HOME, signed_homes
from minzheng.business.elderly.training.models import Trainee
from minzheng.business.elderly.visiting.rounds import listed, on_time
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.regions.models import Level as OfRegion
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models import Order, State

__all__ = ["listed", "on_time"]  # counted where the rounds are kept
CENTRE = "street_centre"


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


def homes_open(month: dt.date) -> QuerySet[Facility]:
    return Facility.objects.on(min(last_day(month), dt.date.today())).filter(kind=HOME)


def homes_signed(month: dt.date) -> QuerySet[Facility]:
    return signed_homes(min(last_day(month), dt.date.today()))


def streets(month: dt.date) -> QuerySet[Region]:
    """街道 and not towns or townships: their names say which they are (地名管理条例 通名)."""
    named = Q(name__endswith="街道") | Q(name__endswith="街道办事处")
    return Region.objects.on(min(last_day(month), dt.date.today())).filter(named, level=OfRegion.TOWNSHIP)


def streets_with_a_centre(month: dt.date) -> QuerySet[Region]:
    centres = Facility.objects.on(min(last_day(month), dt.date.today())).filter(kind=CENTRE)
    there = centres.annotate(street=Concat(Left("region_id", 9), Value("000")))
    return streets(month).filter(code__in=there.values("street"))


def points(month: dt.date) -> QuerySet[Facility]:
    return Facility.objects.on(min(last_day(month), dt.date.today())).filter(kind="mutual_aid")


def villages_with_a_point(month: dt.date) -> QuerySet[Seat]:
    return Seat.objects.filter(region__in=points(month).values("region"))


def trained(month: dt.date, trade: str) -> QuerySet[Trainee]:
    """Passed since the year began, as of the month's end."""
    return _passed(month).filter(course__trade=trade)


def workforce(month: dt.date) -> QuerySet[Trainee]:
    """Each person once, by the first course passed in the year."""
    before = Q(passed_on__lt=OuterRef("passed_on")) | Q(
        passed_on=OuterRef("passed_on"), pk__lt=OuterRef("pk")
    )
    return _passed(month).filter(~Exists(_passed(month).filter(before, id_no=OuterRef("id_no"))))


def _passed(month: dt.date) -> QuerySet[Trainee]:
    return Trainee.objects.filter(passed_on__range=(dt.date(month.year, 1, 1), last_day(month)))


def day_visits(month: dt.date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(on__range=(month, last_day(month)))


def due_services(month: dt.date) -> QuerySet[Guaranteed]:
    """As of the latest nightly look: the list says what stands today, not what stood in another month."""
    return Guaranteed.objects.filter(looked_on__lte=last_day(month))


def given_services(month: dt.date) -> QuerySet[Guaranteed]:
    return due_services(month).filter(given=True)


def served(month: dt.date) -> QuerySet[Order]:
    return Order.objects.filter(
        state__in=[State.CONFIRMED, State.SETTLED], finished_at__date__range=(month, last_day(month))
    )
