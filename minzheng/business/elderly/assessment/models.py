"""Approved assessments, and the sheet that an assessor is still filling in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Level(models.IntegerChoices):
    """GB/T 42195—2022; higher is worse."""

    INTACT = 0, "能力完好"
    MILD = 1, "轻度失能"
    MODERATE = 2, "中度失能"
    SEVERE = 3, "重度失能"
    COMPLETE = 4, "完全失能"


@with_history
class Assessment(models.Model):
    """One approved result. It speaks from `assessed_on` to `valid_until`, or until the next one of the same person."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="assessments")
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="所在村（社区）", related_name="assessments"
    )
    case = models.OneToOneField(
        Case, models.PROTECT, verbose_name="办件", related_name="ability", null=True, blank=True
    )
    reason = models.CharField("评估原因", max_length=10)
    assessed_on = models.DateField("评估日期")
    valid_until = models.DateField("有效期至")
    selfcare = models.PositiveSmallIntegerField("自理能力")
    movement = models.PositiveSmallIntegerField("基础运动能力")
    mind = models.PositiveSmallIntegerField("精神状态")
    senses = models.PositiveSmallIntegerField("感知觉与社会参与")
    points = models.PositiveSmallIntegerField("总分")
    first_level = models.PositiveSmallIntegerField("初步等级", choices=Level.choices)
    level = models.PositiveSmallIntegerField("能力等级", choices=Level.choices)
    assessor = models.ForeignKey(Person, models.PROTECT, verbose_name="评估员一", related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, verbose_name="评估员二", related_name="+")
    supervisor = models.ForeignKey(Person, models.PROTECT, verbose_name="评估主管", related_name="+")

    objects = RowKeyManager()

    class Meta:
        app_label = "elderly"
        verbose_name = "能力评估"
        indexes = [
            models.Index(fields=["region", "id"], name="ability_region"),
            models.Index(fields=["person", "-assessed_on"], name="ability_person"),
            models.Index(fields=["valid_until"], name="ability_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(assessor=F("second"))
                & ~Q(assessor=F("supervisor"))
                & ~Q(second=F("supervisor")),
                name="ability_by_three_persons",
            ),
            models.CheckConstraint(
                condition=Q(points=F("selfcare") + F("movement") + F("mind") + F("senses")),
                name="ability_points_add_up",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("assessed_on")), name="ability_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.assessed_on}"


class AssessmentDraft(models.Model):
    """What an assessor has ticked so far; gone when the sheet is handed in."""

    id = RowKey()
    case = models.OneToOneField(Case, models.CASCADE, related_name="ability_draft")
    answers = EncryptedJSONField("已填内容", default=dict)
    version = models.PositiveIntegerField("版本", default=0)
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    objects = RowKeyManager()

    class Meta:
        app_label = "elderly"
        verbose_name = "评估草稿"

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"
