"""Studies of relative poverty and what each found by place. Sums only: no family's own row is kept."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region


class Method(models.TextChoices):
    """From what the line is drawn; each has its own share in standards/national/relative.yaml."""

    MEDIAN = "median", "当地人均收入中位数的百分比"
    DISPOSABLE = "disposable", "上年度居民人均可支配收入的百分比"
    DIBAO = "dibao", "低保标准的百分比"


class State(models.TextChoices):
    DRAFT = "draft", "待测算"
    RUNNING = "running", "正在测算"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"


class Study(models.Model):
    """One study of a county on a day. Lines are fen a head and year; `low` and `high` differ where standards do.

    `inputs`: median, set of standards, source of the share, version of the law, households read and a digest of them.
    """

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="研究地区", related_name="+")
    title = models.CharField("名称", max_length=80)
    on = models.DateField("按哪一天的收入和标准")
    method = models.CharField("界线怎么定", max_length=10, choices=Method.choices)
    percent = models.PositiveSmallIntegerField("百分比", null=True, blank=True)
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.DRAFT)
    note = models.CharField("说明", max_length=200, blank=True)
    low_fen = models.BigIntegerField("界线（每人每年）", null=True, blank=True)
    high_fen = models.BigIntegerField("界线上限（每人每年）", null=True, blank=True)
    inputs = models.JSONField("依据的数据", default=dict, blank=True)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="研究人", null=True, related_name="+")

    class Meta:
        app_label = "assistance"
        verbose_name = "相对贫困研究"
        indexes = [models.Index(fields=["region", "id"], name="relative_study_region")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(percent__gt=0, low_fen__isnull=False, high_fen__isnull=False),
                name="finished_study_has_its_line",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="finished_study_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="done"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        wrong: dict[str, Any] = {}
        if self.state not in {State.DRAFT, State.FAILED}:
            raise ValidationError("已经测算的研究不能修改，要换界线请另外新建一次，两次可以对比。")
        if self.region_id and self.region.level != Level.COUNTY:
            wrong["region"] = "请选择县（市、区）：乡镇以下人数太少，结果会暴露个人情况。"
        if self.percent == 0:
            wrong["percent"] = "百分比应大于0；不填则用标准里的默认值。"
        if wrong:
            raise ValidationError(wrong)

    @property
    def whole(self) -> StudyPlace | None:
        """What was found in the county as a whole."""
        return next((one for one in self.places.all() if one.region_id == self.region_id), None)


class StudyPlace(models.Model):
    """Households and living members of the county, or of one township. None: too few to be told (small_cells).

    `poor`: below the line; `helped` of them live in a home that has 低保 or somebody on 特困; `undetermined`: no
    complete income is known, so they are on neither side of the line.
    """

    study = models.ForeignKey(Study, models.CASCADE, verbose_name="研究", related_name="places")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    households = models.IntegerField("全部（户）", null=True)
    poor_households = models.IntegerField("低于界线（户）", null=True)
    helped_households = models.IntegerField("其中已享低保、特困（户）", null=True)
    undetermined_households = models.IntegerField("收入不全，未定（户）", null=True)
    persons = models.IntegerField("全部（人）", null=True)
    poor_persons = models.IntegerField("低于界线（人）", null=True)
    helped_persons = models.IntegerField("其中已享低保、特困（人）", null=True)
    undetermined_persons = models.IntegerField("收入不全，未定（人）", null=True)

    class Meta:
        app_label = "assistance"
        verbose_name = "相对贫困研究结果"
        indexes = [models.Index(fields=["region", "id"], name="relative_place_region")]
        constraints = [
            models.UniqueConstraint(fields=["study", "region"], name="one_result_a_study_and_place")
        ]
        triggers = [
            pgtrigger.Protect(name="study_result_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.region.name

    @property
    def rate(self) -> float | None:
        """Per cent of the persons whose income is known who live below the line; None when it cannot be told."""
        if self.persons is None or self.poor_persons is None or self.undetermined_persons is None:
            return None
        known = self.persons - self.undetermined_persons
        return 100 * self.poor_persons / known if known else None
