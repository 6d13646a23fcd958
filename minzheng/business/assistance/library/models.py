"""Documents of social assistance: laws, measures of the place, notices (社会救助立法与备案, S-076)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Rank(models.TextChoices):
    LAW = "law", "法律、行政法规"
    RULE = "rule", "部门规章、规范性文件"
    LOCAL = "local", "地方性法规、政府规章"
    MEASURE = "measure", "本地实施办法"
    NOTICE = "notice", "通知、标准"


@with_history
class PolicyDocument(models.Model):
    """In force from `since` to `until` (both included); `number` of the one that took its place, if any."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="适用地区", related_name="+")
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=60)
    rank = models.CharField("效力", max_length=8, choices=Rank.choices)
    issuer = models.CharField("制定机关", max_length=60)
    issued_on = models.DateField("印发日期")
    since = models.DateField("施行日期")
    until = models.DateField("失效日期（当天仍有效）", null=True, blank=True)
    replaced_by = models.CharField("由哪一份替代（文号）", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    filed_with = models.CharField("备案机关和编号", max_length=80, blank=True)
    summary = models.CharField("要点", max_length=300)

    class Meta:
        app_label = "assistance"
        verbose_name = "社会救助文件"
        indexes = [models.Index(fields=["region", "id"], name="policy_document_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="one_document_a_number"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="document_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        wrong = {}
        if self.issued_on and self.since and self.since < self.issued_on:
            wrong["since"] = "施行日期早于印发日期，请核对。"
        if self.until and self.since and self.until < self.since:
            wrong["until"] = "失效日期早于施行日期，请核对。"
        if wrong:
            raise ValidationError(wrong)
