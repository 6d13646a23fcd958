"""Random inspections of homes and penalties (国办发〔2020〕48号 建立健全养老服务综合监管制度)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Result(models.TextChoices):
    GOOD = "good", "未发现问题"
    MENDED = "mended", "发现问题，责令当场改正"
    ORDER = "order", "发现问题，限期整改"
    GONE = "gone", "无法联系或拒绝检查"


@with_history
class Inspection(models.Model):
    """One home drawn by lot, with two inspectors drawn by lot. `seed` lets anyone repeat the draw."""

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="机构", related_name="inspections")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    seed = models.CharField("抽签号", max_length=40)
    drawn_on = models.DateField("抽取日期")
    due_on = models.DateField("应检查")
    first = models.ForeignKey(Person, models.PROTECT, verbose_name="检查人员", related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, verbose_name="检查人员（二）", related_name="+")
    done_on = models.DateField("检查日期", null=True, blank=True)
    result = models.CharField("结果", max_length=8, choices=Result.choices, blank=True)
    finding = models.CharField("检查情况", max_length=300, blank=True)
    mend_by = models.DateField("整改期限", null=True, blank=True)
    mended_on = models.DateField("整改完成", null=True, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "养老机构抽查"
        indexes = [models.Index(fields=["region", "id"], name="inspection_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["facility"], condition=Q(done_on__isnull=True), name="one_open_inspection"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="two_inspectors"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) ^ ~Q(result=""), name="inspection_has_its_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drawn_on}"


@with_history
class Penalty(models.Model):
    """An administrative penalty as it was decided; public for the term that the law gives."""

    class Kind(models.TextChoices):
        WARNING = "warning", "警告、通报批评"
        FINE = "fine", "罚款"
        STOP = "stop", "责令停业"

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="机构", related_name="penalties")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    number = models.CharField("决定书文号", max_length=60, unique=True)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    reason = models.CharField("违法事实", max_length=200)
    basis = models.CharField("依据", max_length=120)
    fine_fen = models.BigIntegerField("罚款（分）", default=0)
    decided_on = models.DateField("决定日期")
    public_until = models.DateField("公示至")

    class Meta:
        app_label = "elderly"
        verbose_name = "养老机构行政处罚"
        indexes = [models.Index(fields=["region", "id"], name="penalty_region")]
        constraints = [
            models.CheckConstraint(condition=Q(fine_fen__gte=0), name="fine_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind="fine") | Q(fine_fen__gt=0), name="a_fine_has_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.number
