"""Values of indicators by region and month, what is reported by hand, targets, and results that documents state."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.regions.models import Region


class Source(models.TextChoices):
    COMPUTED = "computed", "系统计算"
    REPORTED = "reported", "填报"


class IndicatorValue(models.Model):
    """One indicator of one region in one month (its first day). A region without data has no row: unknown is not 0.

    Numbers of money are whole fen. `value` is numerator ÷ denominator (times 100 for a share), or the numerator.
    `counties` counts the counties below (or around) the region that have data: fewer than there are, and the value
    of a province or a city speaks only for a part of it.
    """

    indicator = models.CharField("指标", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("月份")
    numerator = models.BigIntegerField("分子", null=True)
    denominator = models.BigIntegerField("分母", null=True)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6)
    counties = models.PositiveIntegerField("有数据的县数", default=1)
    source = models.CharField("来源", max_length=8, choices=Source.choices, default=Source.COMPUTED)
    computed_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "指标值"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "region", "month"], name="one_value_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="value_month_is_first_day"),
        ]
        indexes = [models.Index(fields=["region", "month"], name="value_region_month")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.region_id} {self.month:%Y-%m}"


class ReportState(models.TextChoices):
    ENTERED = "entered", "待复核"
    CONFIRMED = "confirmed", "已复核"
    RETURNED = "returned", "已退回"
    REPLACED = "replaced", "已更正"


class ReportedValue(models.Model):
    """A value that somebody entered from a document; it counts once another person has confirmed it.

    Never edited: a correction is a new row, and the confirmed one before it is marked as replaced.
    """

    indicator = models.CharField("指标", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("截至月份")
    value = models.DecimalField("数值", max_digits=24, decimal_places=6)
    basis = models.CharField("依据文件", max_length=200)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, verbose_name="证明材料", related_name="+", null=True, blank=True
    )
    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.ENTERED)
    maker = models.ForeignKey("people.Person", models.PROTECT, verbose_name="填报人", related_name="+")
    checker = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="复核人", related_name="+", null=True, blank=True
    )
    entered_at = models.DateTimeField("填报时间", auto_now_add=True)
    checked_at = models.DateTimeField("复核时间", null=True, blank=True)
    note = models.CharField("退回说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "填报值"
        constraints = [
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="report_checked_by_another"
            ),
            models.UniqueConstraint(
                fields=["indicator", "region", "month"],
                condition=Q(state="entered"),
                name="one_report_waits",
            ),
        ]
        indexes = [models.Index(fields=["region", "-id"], name="reported_region")]
        triggers = [
            pgtrigger.Protect(name="report_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="report_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "checker", "checked_at", "note"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.region_id} {self.month:%Y-%m}"


class Comparator(models.TextChoices):
    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"
    EXACTLY = "exactly", "等于"


class Figure(models.Model):
    """What a document says about an indicator of a region for a time. Money is whole fen."""

    indicator = models.CharField("指标", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    since = models.DateField("起")
    until = models.DateField("止")
    comparator = models.CharField("比较", max_length=8, choices=Comparator.choices)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6)
    document = models.CharField("依据文件", max_length=120)
    text = models.CharField("原文", max_length=200)
    loaded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator} {self.region_id} {self.since:%Y}"


class Target(Figure):
    """What a region has to reach (目标). Never edited: a new version supersedes the old one, which is kept.

    `parent` is the target above of which this one is a share.
    """

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级目标", related_name="shares", null=True, blank=True
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    superseded_at = models.DateTimeField("被取代时间", null=True, blank=True)

    class Meta:
        verbose_name = "目标"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "since", "until"],
                condition=Q(superseded_at__isnull=True),
                name="one_target_in_force",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="target_ends_after_start"),
        ]
        indexes = [models.Index(fields=["region", "indicator"], name="target_region")]
        triggers = [
            pgtrigger.Protect(name="target_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="target_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
            ),
        ]


class StatedFigure(Figure):
    """A result that a document announced (公布的结果): a point of comparison, never something to reach."""

    class Meta:
        verbose_name = "公布的结果"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "since", "until", "document"], name="one_stated_figure"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="stated_ends_after_start"),
        ]
