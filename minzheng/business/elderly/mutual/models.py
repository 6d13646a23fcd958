"""Helpers of a village's mutual-aid point, their turns, and what was done there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


@with_history
class MutualHelper(models.Model):
    """A neighbour who helps: usually a younger old person, a party member, a volunteer."""

    id = RowKey()
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="互助点", related_name="mutual_helpers"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    name = models.CharField("姓名", max_length=60)
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    helps = models.PositiveSmallIntegerField("结对帮扶（人）", default=0)
    since = models.DateField("开始日期")
    until = models.DateField("退出日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        app_label = "elderly"
        verbose_name = "互助员"
        indexes = [models.Index(fields=["region", "id"], name="mutual_helper_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="helper_leaves_after"
            )
        ]

    def __str__(self) -> str:
        return self.name


@with_history
class Duty(models.Model):
    """One day on which one helper looks after the point. `kept`: said afterwards; None until then."""

    helper = models.ForeignKey(MutualHelper, models.PROTECT, verbose_name="互助员", related_name="duties")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    on = models.DateField("值班日期")
    kept = models.BooleanField("到岗", null=True, blank=True)
    seen = models.PositiveSmallIntegerField("看望老人（人）", default=0)

    class Meta:
        app_label = "elderly"
        verbose_name = "互助值班"
        indexes = [models.Index(fields=["region", "-on"], name="mutual_duty_region")]
        constraints = [models.UniqueConstraint(fields=["helper", "on"], name="one_turn_a_day")]

    def __str__(self) -> str:
        return f"{self.on}"


@with_history
class MutualActivity(models.Model):
    """What was done together at a point."""

    class Kind(models.TextChoices):
        MEAL = "meal", "集中用餐"
        HEALTH = "health", "健康讲座、义诊"
        CULTURE = "culture", "文体娱乐"
        HELP = "help", "互助服务（理发、打扫等）"
        SAFETY = "safety", "安全和防诈骗宣传"
        OTHER = "other", "其他"

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="互助点", related_name="mutual_activities"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    on = models.DateField("日期")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    title = models.CharField("做了什么", max_length=100)
    attended = models.PositiveSmallIntegerField("参加老人（人）")

    class Meta:
        app_label = "elderly"
        verbose_name = "互助活动"
        indexes = [models.Index(fields=["region", "-on"], name="mutual_activity_region")]

    def __str__(self) -> str:
        return self.title
