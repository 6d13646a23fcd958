"""街面巡查: who went out, whom they met, what they gave (寒冬送温暖、夏季送清凉)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from minzheng.business.rescue.models.stays import Stay
from minzheng.foundation.accounts.models import User
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Sex
from minzheng.foundation.regions.models import Region


class Season(models.TextChoices):
    WINTER = "winter", "寒冬送温暖"
    SUMMER = "summer", "夏季送清凉"
    DAILY = "daily", "日常巡查"


@with_history
class Patrol(models.Model):
    """One round. The season follows from the day (rescue_winter_…, rescue_summer_…)."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="巡查地", related_name="+")
    on = models.DateField("日期")
    season = models.CharField("行动", max_length=6, choices=Season.choices)
    starts = models.TimeField("开始")
    ends = models.TimeField("结束", null=True, blank=True)
    route = models.CharField("巡查路线", max_length=120)
    team = models.CharField("巡查人员", max_length=120)
    staff = models.PositiveSmallIntegerField("出动人数")
    vehicles = models.PositiveSmallIntegerField("出动车辆", default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "街面巡查"
        indexes = [
            models.Index(fields=["region", "id"], name="patrol_region"),
            models.Index(fields=["on", "id"], name="patrol_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(staff__gte=1), name="patrol_has_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.route}"


class Met(models.TextChoices):
    ACCEPTED = "accepted", "愿意进站，已护送"
    DECLINED = "declined", "不愿进站，已发放物资和联系卡"
    HOSPITAL = "hospital", "已送医"
    POLICE = "police", "已移交公安"
    HOME = "home", "已劝导返家"


@with_history
class Encounter(models.Model):
    """One person met on the street. What a phone sends twice is kept once (`key`)."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    patrol = models.ForeignKey(Patrol, models.PROTECT, related_name="met")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    at = models.TimeField("时间")
    place = models.CharField("地点", max_length=120)
    called = models.CharField("姓名或代称", max_length=60, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄（约）", null=True, blank=True)
    clothes = models.PositiveSmallIntegerField("衣被（件）", default=0)
    food = models.PositiveSmallIntegerField("食品饮水（份）", default=0)
    medicine = models.PositiveSmallIntegerField("防寒防暑药品（份）", default=0)
    cards = models.PositiveSmallIntegerField("联系卡（张）", default=0)
    outcome = models.CharField("处理", max_length=8, choices=Met.choices)
    note = models.CharField("说明", max_length=200, blank=True)
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="met")

    class Meta:
        verbose_name = "巡查遇到的人"
        indexes = [models.Index(fields=["region", "id"], name="encounter_region")]

    def __str__(self) -> str:
        return f"{self.place} {self.at:%H:%M}"

    @property
    def given(self) -> str:
        """衣被2、食品饮水1"""
        counts = (
            ("衣被", self.clothes),
            ("食品饮水", self.food),
            ("药品", self.medicine),
            ("联系卡", self.cards),
        )
        return "、".join(f"{what}{count}" for what, count in counts if count)
