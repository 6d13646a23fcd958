"""A running legal limit of one case."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from minzheng.foundation.calendar import Unit, still_left
from minzheng.foundation.cases.models.case import Case


class Lamp(models.TextChoices):
    GREEN = "green", "正常"
    AMBER = "amber", "临近时限"
    RED = "red", "已超时"
    PAUSED = "paused", "已暂停"
    DONE = "done", "已完成"


class CaseClock(models.Model):
    """One limit with the dates it was given and the calendar that gave them (handbook 0.6)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=30)
    title = models.CharField("时限", max_length=60)
    basis = models.CharField("依据", max_length=120)
    unit = models.CharField("单位", max_length=2, choices=[(u.value, u.label) for u in Unit])
    length = models.SmallIntegerField("期限")
    started_on = models.DateField("起算日")
    due_on = models.DateField("截止日")
    warn_on = models.DateField("预警日")
    promise_on = models.DateField("承诺日", null=True, blank=True)
    is_earliest = models.BooleanField("期满方可办理", default=False)
    paused_on = models.DateField("暂停日", null=True, blank=True)
    left = models.SmallIntegerField("暂停时剩余", null=True, blank=True)
    stopped_on = models.DateField("停止日", null=True, blank=True)
    calendar = models.CharField("日历版本", max_length=60)
    extended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    extension_reason = models.CharField("延长理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "时限"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=Q(stopped_on__isnull=True), name="one_running_clock_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def lamp(self, today: dt.date) -> Lamp:
        if self.stopped_on is not None:
            return Lamp.RED if self.stopped_on > self.due_on and not self.is_earliest else Lamp.DONE
        if self.paused_on is not None:
            return Lamp.PAUSED
        return lamp_of(self.due_on, self.warn_on, today) if not self.is_earliest else Lamp.GREEN

    def left_on(self, today: dt.date) -> int:
        """Units still left, in the clock's own unit; negative when overdue."""
        return self.left if self.left is not None else still_left(today, self.due_on, Unit(self.unit))

    def in_words(self, today: dt.date) -> str:
        """`还剩 3 个工作日`, `今天到期`, `已超 2 个工作日`."""
        unit = "个工作日" if self.unit == Unit.WORKDAYS else "天"
        left = self.left_on(today)
        if self.stopped_on is not None:
            return "已完成"
        if self.paused_on is not None:
            return f"已暂停，剩 {left} {unit}"
        if left == 0:
            return "今天到期"
        return f"还剩 {left} {unit}" if left > 0 else f"已超 {-left} {unit}"


def lamp_of(due_on: dt.date | None, warn_on: dt.date | None, today: dt.date) -> Lamp:
    """Red after the due day, amber from the warning day on, else green."""
    if due_on is not None and today > due_on:
        return Lamp.RED
    if warn_on is not None and today >= warn_on:
        return Lamp.AMBER
    return Lamp.GREEN
