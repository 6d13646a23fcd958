"""What care a severely disabled person needs; who lives in which institution; when a house is closed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.named import Named
from minzheng.foundation.regions.models import Region


class Need(models.TextChoices):
    LIFE = "life", "生活照料"
    NURSING = "nursing", "日常护理"
    REHAB = "rehab", "康复训练"
    DAY = "day", "日间照料"
    LIVING_IN = "living_in", "集中托养"
    RESPITE = "respite", "家庭喘息"


class State(models.TextChoices):
    WAITING = "waiting", "待安排"
    SERVED = "served", "上门服务中"
    PLACED = "placed", "机构托养中"
    DONE = "done", "不再需要"


@with_history
class CareNeed(Named):
    """One severely disabled person who needs care from outside the family (重度残疾人照护服务)."""

    needs = ArrayField(models.CharField(max_length=10, choices=Need.choices), verbose_name="需要的照护")
    carer = models.CharField("现在由谁照护", max_length=40)
    assessed_on = models.DateField("评估日期")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    seen_on = models.DateField("最近回访", null=True, blank=True)
    next_visit = models.DateField("下次回访不晚于", null=True, blank=True)
    ended_for = models.CharField("不再需要的原因", max_length=60, blank=True)

    class Meta:
        app_label = "disability"
        verbose_name = "重度残疾人照护需求"
        indexes = [
            models.Index(fields=["region", "id"], name="care_need_region"),
            models.Index(fields=["next_visit"], name="care_need_due", condition=~Q(state="done")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state="done") & Q(person__isnull=False),
                name="one_open_care_need",
            )
        ]


@with_history
class Placement(Named):
    """Somebody's stay in a psychiatric welfare home or a care home. `until`: first day on which it is over."""

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="机构", related_name="placements")
    bed = models.CharField("床号", max_length=20)
    ground = models.CharField("入住依据", max_length=60)
    guardian = models.CharField("监护人", max_length=60)
    since = models.DateField("入住日期")
    until = models.DateField("离开日期", null=True, blank=True)
    left_for = models.CharField("离开去向", max_length=60, blank=True)

    class Meta:
        app_label = "disability"
        verbose_name = "机构托养人员"
        indexes = [
            models.Index(fields=["region", "id"], name="placement_region"),
            models.Index(fields=["facility"], name="placement_facility"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True) & Q(person__isnull=False),
                name="one_open_placement",
            ),
            models.UniqueConstraint(
                fields=["facility", "bed"], condition=Q(until__isnull=True), name="one_in_a_bed"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="placement_ends_after_start"
            ),
        ]


@with_history
class Closure(models.Model):
    """封闭管理: nobody comes or goes but for an emergency, as long as the order holds."""

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="机构", related_name="closures")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    since = models.DateField("开始日期")
    until = models.DateField("解除日期", null=True, blank=True)
    ordered_by = models.CharField("依据文件", max_length=80)
    measures = models.CharField("管理措施", max_length=200)

    class Meta:
        app_label = "disability"
        verbose_name = "封闭管理"
        indexes = [models.Index(fields=["region", "id"], name="closure_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["facility"], condition=Q(until__isnull=True), name="one_open_closure"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="closure_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility.name} {self.since}"
