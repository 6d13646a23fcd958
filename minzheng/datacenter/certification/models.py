"""静默认证: what the month's data say about each right that goes on unasked (S-114, EX42)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.benefits.models import Entitlement, is_first_day
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Result(models.TextChoices):
    """What was found, the first that applies."""

    DEAD = "dead", "已去世"
    MOVED = "moved", "迁出本省"
    EXCLUDED = "excluded", "同时享受互斥待遇"
    EXPIRED = "expired", "证件已过期"
    UNKNOWN = "unknown", "证件有效期不明"
    DOUBTED = "doubted", "情况有变化"
    CLEAN = "clean", "静默认证通过"


class Outcome(models.TextChoices):
    """What became of it."""

    CONFIRMED = "confirmed", "确认继续发放"
    STOPPED = "stopped", "已停发"
    VISITING = "visiting", "待上门核实"
    SUSPENDED = "suspended", "联系不上，暂缓发放"
    VISITED = "visited", "上门核实无误"
    DOUBTED = "doubted", "上门核实有变化，转县级办理"


class Certification(models.Model):
    """One right in one month. `source` says by which data, `evidence` the day or code that decided; no name, no number."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="certifications")
    benefit = models.CharField("待遇", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="享受人", related_name="certifications")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("月份")
    result = models.CharField("比对结果", max_length=10, choices=Result.choices)
    outcome = models.CharField("处理", max_length=10, choices=Outcome.choices)
    evidence = models.CharField("情况", max_length=60, blank=True)
    source = models.CharField("数据来源", max_length=200)
    made_at = models.DateTimeField("比对时间", auto_now_add=True)

    class Meta:
        verbose_name = "静默认证"
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "month"], name="one_certification_a_month"),
            models.CheckConstraint(condition=is_first_day("month"), name="certification_month_is_first_day"),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="certification_region"),
            models.Index(fields=["person", "month"], name="certification_person"),
            models.Index(
                fields=["region", "month"],
                name="certification_exceptions",
                condition=~Q(result="clean"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_result_display()}"


class PlaceNotice(models.Model):
    """To the place where somebody moved: the right ended here, and can be applied for there (handbook 0.7)."""

    certification = models.OneToOneField(Certification, models.PROTECT, related_name="place_notice")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="本人", related_name="+")
    benefit = models.CharField("待遇", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="迁出地", related_name="+")
    to_region = models.ForeignKey(Region, models.PROTECT, verbose_name="迁入地", related_name="+")
    last_month = models.DateField("发放至")
    made_on = models.DateField("告知日期")

    class Meta:
        verbose_name = "迁出告知"
        indexes = [
            models.Index(fields=["region", "id"], name="place_notice_from"),
            models.Index(fields=["to_region", "id"], name="place_notice_to"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} → {self.to_region_id}"
