"""The register of one-off payments: what set each off, on which evidence, who entered and who confirmed it, what it came to."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.benefits.models import is_first_day
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    ENTERED = "entered", "已登记"
    POSTED = "posted", "公示中"
    CONFIRMED = "confirmed", "已确认，待发放"
    DROPPED = "dropped", "已撤销"


@with_history
class Distribution(models.Model):
    """One county's one-off payment for one period. `month`: the month whose list pays it; rights count as they stand then."""

    kind = models.CharField("种类", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="one_offs")
    month = models.DateField("所属月份")
    period = models.CharField("期间", max_length=30)
    figures = models.JSONField("登记的数据", default=dict)
    evidence = models.CharField("依据文件", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="登记人", related_name="+")
    made_on = models.DateField("登记日期")
    posted_on = models.DateField("公示日期", null=True, blank=True)
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    rights = models.PositiveIntegerField("发放户（人）数", default=0)
    persons = models.PositiveIntegerField("惠及人数", default=0)
    total_fen = models.BigIntegerField("合计（分）", default=0)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "一次性发放"
        indexes = [models.Index(fields=["region", "-month", "-id"], name="one_off_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "period"],
                condition=~Q(state="dropped"),
                name="one_payment_a_period",
            ),
            models.CheckConstraint(condition=is_first_day("month"), name="one_off_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="one_off_by_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(checker__isnull=False), name="one_off_is_confirmed"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="one_off_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="confirmed_one_off_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="confirmed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.region.name}"
