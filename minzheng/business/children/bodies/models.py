"""Organisations that serve children: which they are, what they were given, how they were judged (foundation/scoring)."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.exact import organisation_with
from minzheng.foundation.organisations.models import Organisation, UsccField
from minzheng.foundation.regions.models import Region

LIST = yaml.safe_load((Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8"))
FIELDS: tuple[tuple[str, str], ...] = tuple(LIST["fields"].items())
SUPPORT: tuple[tuple[str, str], ...] = tuple(LIST["support"].items())
SOCIAL = ("association", "service_body", "foundation")


@with_history
class ChildBody(models.Model):
    """One organisation with the label, from a day on. `region` is where it serves."""

    uscc = UsccField("统一社会信用代码")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="社会组织", blank=True, related_name="child_bodies"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="服务地", related_name="+")
    fields = ArrayField(models.CharField(max_length=10), verbose_name="服务领域")
    staff = models.PositiveSmallIntegerField("专职人员", default=0)
    labelled_on = models.DateField("标识日期")
    until = models.DateField("取消标识", null=True, blank=True)
    ended_for = models.CharField("取消原因", max_length=120, blank=True)

    class Meta:
        app_label = "children"
        verbose_name = "儿童服务类社会组织"
        indexes = [models.Index(fields=["region", "id"], name="child_body_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "region"],
                condition=Q(until__isnull=True),
                name="one_label_in_a_place",
                violation_error_message="这家社会组织在这里已经标识，请在列表里修改原来的记录。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("labelled_on")),
                name="label_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    def clean(self) -> None:
        """The code leads to the registered organisation; only social organisations carry the label."""
        found = organisation_with(self.uscc) if self.uscc else None
        if found is None or found.ended_on is not None:
            raise ValidationError({"uscc": "没有登记这个单位，或它已注销。请先在“单位”台账登记。"})
        if found.kind not in SOCIAL:
            raise ValidationError(
                {"uscc": f"{found.name}是{found.get_kind_display()}，不是社会组织，请核对代码。"}
            )
        self.organisation = found


@with_history
class BodySupport(models.Model):
    """What a body was given on a day; money is whole fen and empty for what is no money."""

    body = models.ForeignKey(ChildBody, models.PROTECT, verbose_name="社会组织", related_name="supports")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="服务地", related_name="+")
    kind = models.CharField("支持方式", max_length=10)
    content = models.CharField("内容", max_length=200)
    amount_fen = models.BigIntegerField("金额", null=True, blank=True)
    given_on = models.DateField("日期")
    document_no = models.CharField("依据文号", max_length=60, blank=True)

    class Meta:
        app_label = "children"
        verbose_name = "对儿童服务类社会组织的支持"
        indexes = [models.Index(fields=["region", "id"], name="body_support_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gt=0), name="support_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{dict(SUPPORT).get(self.kind, self.kind)} {self.given_on}"
