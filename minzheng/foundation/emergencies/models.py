"""Orders that nobody leaves a benefit, and the decisions that they held back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    ENTERED = "entered", "待确认"
    CONFIRMED = "confirmed", "已确认"
    LIFTED = "lifted", "已解除"


@with_history
class NoExit(models.Model):
    """While a confirmed order runs (`since` to `until`, both days included) nobody there is stopped or cut."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="适用地区", related_name="+")
    since = models.DateField("开始日期")
    until = models.DateField("截止日期（当天仍适用）")
    document = models.CharField("依据文件", max_length=120)
    reason = models.CharField("应急事由", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="登记人", null=True, related_name="+")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "应急期间不退出"
        indexes = [models.Index(fields=["region", "id"], name="no_exit_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="no_exit_ends_after_start"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="no_exit_by_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state="entered") | Q(checker__isnull=False), name="no_exit_is_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region.name} {self.since}—{self.until}"

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "截止日期早于开始日期，请核对。"})
        if self.state != State.ENTERED:
            raise ValidationError("已经确认的不能修改。要提前结束的，请办“解除”。")


@with_history
class HeldStop(models.Model):
    """A stop or cut that was due and not carried out; looked at again when the emergency is over."""

    case = models.ForeignKey(Case, models.PROTECT, verbose_name="办件", related_name="held_stops")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    held_on = models.DateField("暂缓日期")
    reasons = models.JSONField("本应停发、减发的理由", default=list)
    was_fen = models.BigIntegerField("继续发放的月金额", null=True, blank=True)
    again_on = models.DateField("重新复核日期", null=True, blank=True)

    class Meta:
        verbose_name = "应急期间暂缓的停发"
        indexes = [
            models.Index(fields=["region", "id"], name="held_stop_region"),
            models.Index(fields=["held_on"], name="held_stop_open", condition=Q(again_on__isnull=True)),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "held_on"], name="held_once_a_day")]

    def __str__(self) -> str:
        return self.case.number


def covering(region: str, on: dt.date) -> models.QuerySet[NoExit]:
    """Confirmed orders that hold in a division on a day: its own, or those of what it lies in."""
    above = [region, region[:9].ljust(12, "0"), region[:6].ljust(12, "0"), region[:4].ljust(12, "0")]
    above.append(region[:2].ljust(12, "0"))
    return NoExit.objects.filter(region__in=above, state=State.CONFIRMED, since__lte=on, until__gte=on)
