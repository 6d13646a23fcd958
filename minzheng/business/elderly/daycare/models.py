"""Who comes to a day-care centre, and every day on which somebody came. Money is whole fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


@with_history
class DayGuest(models.Model):
    """Somebody enrolled with a centre. `until` is the first day on which no longer."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="日间照料中心", related_name="day_guests"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="中心所在地", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="day_places")
    contact = models.CharField("紧急联系人", max_length=60)
    day_fee_fen = models.BigIntegerField("每天收费（分）", default=0)
    since = models.DateField("登记日期")
    until = models.DateField("离开日期", null=True, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "日间照料对象"
        indexes = [models.Index(fields=["region", "id"], name="day_guest_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "person"], condition=Q(until__isnull=True), name="one_place_at_a_centre"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="day_guest_leaves_after"
            ),
            models.CheckConstraint(condition=Q(day_fee_fen__gte=0), name="day_fee_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.person.name


@with_history
class Attendance(models.Model):
    """One day of one guest: meals eaten, fee taken. What is not written down was not there."""

    guest = models.ForeignKey(DayGuest, models.PROTECT, verbose_name="老人", related_name="days")
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="日间照料中心", related_name="attendance"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="中心所在地", related_name="+")
    on = models.DateField("日期")
    meals = models.PositiveSmallIntegerField("用餐（餐）", default=0)
    fee_fen = models.BigIntegerField("收费（分）", default=0)

    class Meta:
        app_label = "elderly"
        verbose_name = "日间照料签到"
        indexes = [
            models.Index(fields=["region", "id"], name="attendance_region"),
            models.Index(fields=["facility", "on"], name="attendance_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["guest", "on"], name="one_attendance_a_day"),
            models.CheckConstraint(condition=Q(meals__lte=3, fee_fen__gte=0), name="attendance_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"
