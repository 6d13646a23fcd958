"""Who is visited regularly, and why."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Group(models.TextChoices):
    """特殊困难老年人 (民发〔2022〕73号 二)."""

    ALONE = "alone", "独居"
    EMPTY_NEST = "empty_nest", "空巢"
    LEFT_BEHIND = "left_behind", "留守"
    DISABLED = "disabled", "失能"
    SEVERE = "severe", "重残"
    CHILDLESS = "childless", "计划生育特殊家庭"


class Risk(models.TextChoices):
    HIGH = "high", "高"
    MEDIUM = "medium", "中"
    LOW = "low", "低"


@with_history
class Visited(models.Model):
    """One elder on the list. `next_due` is the day by which the next visit is due."""

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="老人", related_name="visiting")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    groups = ArrayField(models.CharField(max_length=12, choices=Group.choices), verbose_name="类别")
    risk = models.CharField("风险", max_length=6, choices=Risk.choices, default=Risk.LOW)
    since = models.DateField("列入日期")
    until = models.DateField("移出日期", null=True, blank=True)
    last_visit = models.DateField("最近探访", null=True, blank=True)
    next_due = models.DateField("下次探访不晚于")
    well = models.BooleanField("最近一次情况良好", null=True, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "探访关爱对象"
        indexes = [
            models.Index(fields=["region", "id"], name="visited_region"),
            models.Index(fields=["next_due"], name="visited_due", condition=models.Q(until__isnull=True)),
        ]

    def __str__(self) -> str:
        return "、".join(Group(one).label for one in self.groups)
