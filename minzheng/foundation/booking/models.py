"""Where one can book, which times are open, and who booked. No more bookings than places: the database counts."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

# Without 0, 1, I, L, O: a code that is read out at a counter must not be misheard.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
WEEK = (0, 1, 2, 3, 4)


def working_week() -> list[int]:
    return list(WEEK)


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(6))


@with_history
class Counter(models.Model):
    """One place that opens times for one kind of thing: a registry's marriage window, a counselling room."""

    kind = models.CharField("预约事项", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    name = models.CharField("名称", max_length=60)
    address = models.CharField("地址", max_length=120)
    phone = models.CharField("电话", max_length=20, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="所在设施", null=True, blank=True, related_name="counters"
    )
    closed_on = models.DateField("停止预约日期", null=True, blank=True)

    class Meta:
        verbose_name = "预约点"
        constraints = [
            models.UniqueConstraint(fields=["kind", "region", "name"], name="one_counter_of_a_name")
        ]
        indexes = [models.Index(fields=["region", "id"], name="counter_region")]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> Bookable:
        return shelf(Bookable).get(self.kind)


@with_history
class Hours(models.Model):
    """Opening hours in force from a day on: so many places in each stretch of so many minutes.

    `follows_calendar`: closed on rest days and open on swapped working days (国务院放假安排); otherwise the weekdays count alone.
    """

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="hours")
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)
    weekdays = ArrayField(models.SmallIntegerField(), default=working_week, verbose_name="星期（0为周一）")
    follows_calendar = models.BooleanField("按放假安排", default=True)
    starts = models.TimeField("开始")
    ends = models.TimeField("结束")
    minutes = models.SmallIntegerField("每段分钟数", default=30)
    quota = models.SmallIntegerField("每段名额")

    class Meta:
        verbose_name = "开放时间"
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="hours_end_after_start"),
            models.CheckConstraint(condition=Q(minutes__gte=5, quota__gte=1), name="hours_have_places"),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


@with_history
class SpecialDay(models.Model):
    """One day that is not as the week says: closed, or open at other hours (延时服务)."""

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="special_days")
    day = models.DateField("日期")
    is_closed = models.BooleanField("停止办理", default=False)
    starts = models.TimeField("开始", null=True, blank=True)
    ends = models.TimeField("结束", null=True, blank=True)
    quota = models.SmallIntegerField("每段名额", null=True, blank=True)
    reason = models.CharField("原因", max_length=100)

    class Meta:
        verbose_name = "特别安排"
        constraints = [
            models.UniqueConstraint(fields=["counter", "day"], name="one_special_day"),
            models.CheckConstraint(
                condition=Q(is_closed=True) | Q(starts__isnull=False, ends__gt=F("starts"), quota__gte=1),
                name="special_day_closed_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Slot(models.Model):
    """One stretch of time at one counter. `taken` never exceeds `quota`: the row is counted up, or nothing happens."""

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="slots")
    day = models.DateField("日期")
    starts = models.TimeField("开始")
    ends = models.TimeField("结束")
    quota = models.SmallIntegerField("名额")
    taken = models.SmallIntegerField("已约", default=0)
    blocked_reason = models.CharField("停办原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "预约时段"
        constraints = [
            models.UniqueConstraint(fields=["counter", "day", "starts"], name="one_slot_at_a_time"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("quota")), name="slot_is_never_overbooked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def left(self) -> int:
        return 0 if self.blocked_reason else self.quota - self.taken


class State(models.TextChoices):
    BOOKED = "booked", "已预约"
    CAME = "came", "已到场"
    MISSED = "missed", "未到场"
    CANCELLED = "cancelled", "已取消"


@with_history
class Booking(models.Model):
    """One booking. `person` booked it or is the first of the couple; `partner` is known only if on the master record."""

    id = RowKey()
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    kind = models.CharField("预约事项", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="预约人", null=True, blank=True, related_name="bookings"
    )
    partner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    code = models.CharField("预约码", max_length=6, unique=True, default=new_code)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.BOOKED)
    state_since = models.DateTimeField("状态时间")
    reason = models.CharField("取消原因", max_length=100, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_on = models.DateField("预约日期")
    reminded_on = models.DateField("提醒日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "预约"
        indexes = [
            models.Index(fields=["region", "id"], name="booking_by_region"),
            models.Index(fields=["slot", "state"], name="booking_by_slot"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def word(self) -> Bookable:
        return shelf(Bookable).get(self.kind)

    @property
    def is_open(self) -> bool:
        return self.state == State.BOOKED

    def may_still_cancel(self, today: dt.date) -> bool:
        return self.is_open and self.slot.day >= today


class Party(models.Model):
    """One of those who come. While the booking stands, nobody is in a second one of the kind on that day."""

    id = RowKey()
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    kind = models.CharField("预约事项", max_length=40)
    day = models.DateField("日期")
    stands = models.BooleanField(default=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "预约人员"
        ordering = ["id"]
        constraints = [
            UniqueNumber(
                "kind", "day", Blind("id_no"), condition=Q(stands=True), name="one_booking_a_person_and_day"
            )
        ]

    def __str__(self) -> str:
        return self.name
