"""Finished works: one for each home."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


@with_history
class Renovation(models.Model):
    """Accepted works in one home. `home` tells homes apart: the household, or the person who has none."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="renovations")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    case = models.OneToOneField(
        Case, models.PROTECT, verbose_name="办件", related_name="renovation", null=True, blank=True
    )
    home = models.CharField("住房", max_length=30, unique=True)
    works = models.JSONField("改造项目", default=list)
    provider = models.ForeignKey(Organisation, models.PROTECT, verbose_name="施工单位", related_name="+")
    cost_fen = models.BigIntegerField("费用（分）")
    accepted_on = models.DateField("验收日期")
    settled_in = models.DateField("结算月份", null=True, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "适老化改造"
        indexes = [models.Index(fields=["region", "id"], name="renovation_region")]
        constraints = [models.CheckConstraint(condition=Q(cost_fen__gt=0), name="renovation_has_a_cost")]

    def __str__(self) -> str:
        return f"{self.home} {self.accepted_on}"
