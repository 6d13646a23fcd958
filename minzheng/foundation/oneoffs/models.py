"""The register of one-off payments: what set each off, on which evidence, who entered and who confirmed it, what it came to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.benefits.runs import Run, checks, kept
from minzheng.foundation.history import with_history


class State(models.TextChoices):
    ENTERED = "entered", "已登记"
    POSTED = "posted", "公示中"
    CONFIRMED = "confirmed", "已确认，待发放"
    DROPPED = "dropped", "已撤销"


@with_history
class Distribution(Run):
    """One county's one-off payment for one period. `month`: the month whose list pays it; rights count as they stand then."""

    kind = models.CharField("种类", max_length=40)
    period = models.CharField("期间", max_length=30)
    figures = models.JSONField("登记的数据", default=dict)
    evidence = models.CharField("依据文件", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    posted_on = models.DateField("公示日期", null=True, blank=True)
    rights = models.PositiveIntegerField("发放户（人）数", default=0)
    persons = models.PositiveIntegerField("惠及人数", default=0)
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
            *checks("one_off"),
        ]
        triggers = kept("one_off")

    def __str__(self) -> str:
        return f"{self.period} {self.region.name}"
