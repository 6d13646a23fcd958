"""Burial places, their plots and niches, who rests where, and for which term."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from minzheng.business.funeral.models.bills import days
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Filing(models.TextChoices):
    NONE = "none", "未备案"
    FILED = "filed", "已备案"


@with_history
class Place(models.Model):
    """What a burial place has beyond the facility: land, plan, and (a village's) its filing with the county (F4)."""

    facility = models.OneToOneField(
        Facility, models.PROTECT, primary_key=True, verbose_name="安葬（放）设施", related_name="burial_place"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    approval_no = models.CharField("批准（备案）文号", max_length=60, blank=True)
    land_no = models.CharField("用地手续", max_length=60, blank=True)
    area = models.PositiveIntegerField("面积（平方米）", default=0)
    planned = models.PositiveIntegerField("规划墓位（格位）数", default=0)
    villagers_only = models.BooleanField("只供本村村民", default=False)
    filing = models.CharField("备案", max_length=10, choices=Filing.choices, default=Filing.NONE)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    reported_for = models.PositiveSmallIntegerField("最近一次年度报告（年）", null=True, blank=True)

    class Meta:
        verbose_name = "安葬（放）设施"
        indexes = [models.Index(fields=["region", "facility"], name="burial_place_region")]

    def __str__(self) -> str:
        return self.facility.name


class SpotKind(models.TextChoices):
    PLOT = "plot", "墓位"
    NICHE = "niche", "格位"
    TREE = "tree", "生态葬位"


class SpotState(models.TextChoices):
    FREE = "free", "空闲"
    RESERVED = "reserved", "预留"
    USED = "used", "使用"
    CLOSED = "closed", "停用"


@with_history
class Spot(models.Model):
    """One plot or niche; `row` and `column` place it on the plan."""

    id = RowKey()
    place = models.ForeignKey(Place, models.PROTECT, verbose_name="设施", related_name="spots")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    area = models.CharField("区", max_length=20)
    row = models.PositiveSmallIntegerField("排")
    column = models.PositiveSmallIntegerField("号")
    kind = models.CharField("类型", max_length=6, choices=SpotKind.choices)
    state = models.CharField("状态", max_length=8, choices=SpotState.choices, default=SpotState.FREE)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "墓位（格位）"
        indexes = [models.Index(fields=["region", "id"], name="spot_region")]
        constraints = [
            models.UniqueConstraint(fields=["place", "area", "row", "column"], name="one_spot_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.area}{self.row}排{self.column}号"


class Presale(models.TextChoices):
    """Why a spot may be had before a death (国令824: elderly or critically ill alone)."""

    NONE = "", "凭火化证明"
    OLD = "old", "高龄老人"
    ILL = "ill", "危重病人"


@with_history
class Use(models.Model):
    """Somebody rests here, or will: one at a time. `ended_on` is the first day on which the spot is free again."""

    id = RowKey()
    spot = models.ForeignKey(Spot, models.PROTECT, verbose_name="墓位（格位）", related_name="uses")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="安葬（放）人", related_name="burial_uses"
    )
    presale = models.CharField("购置依据", max_length=4, choices=Presale.choices, blank=True)
    proof_no = models.CharField("证明编号", max_length=60)
    family_name = models.CharField("经办家属", max_length=60)
    since = models.DateField("起用日期")
    until = models.DateField("使用期限")  # of the running term
    price_fen = models.PositiveIntegerField("费用", default=0)
    ended_on = models.DateField("迁出日期", null=True, blank=True)
    noticed_on = models.DateField("到期通知日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "安葬（放）"
        indexes = [
            models.Index(fields=["region", "id"], name="burial_use_region"),
            models.Index(fields=["until", "id"], name="burial_use_until"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["spot"], condition=Q(ended_on__isnull=True), name="one_use_of_a_spot"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_resting_place"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="burial_term_has_days"),
        ]

    def __str__(self) -> str:
        return str(self.spot)


@with_history
class Term(models.Model):
    """One cycle of a use; the first, and each renewal (F6). Cycles of one use follow one another."""

    use = models.ForeignKey(Use, models.CASCADE, related_name="terms")
    cycle = models.PositiveSmallIntegerField("第几周期")
    since = models.DateField("起")
    until = models.DateField("止")
    decided_on = models.DateField("办理日期")

    class Meta:
        verbose_name = "使用周期"
        constraints = [
            models.UniqueConstraint(fields=["use", "cycle"], name="one_term_of_a_number"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="cycle_has_days"),
            ExclusionConstraint(
                name="terms_never_overlap",
                expressions=[
                    ("use", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.cycle}周期"

    def is_running(self, day: dt.date) -> bool:
        return self.since <= day < self.until
