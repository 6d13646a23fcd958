"""One recalculation of one benefit in one county, and what it finds for each span of months that is in force."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, is_first_day
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    WAITING = "waiting", "正在测算"
    DRAFTED = "drafted", "待确认"
    CONFIRMED = "confirmed", "正在调整"
    DONE = "done", "已调整"
    DROPPED = "dropped", "已撤销"


class LineState(models.TextChoices):
    READY = "ready", "待调整"
    HELD = "held", "须先复核"
    DONE = "done", "已调整"
    STALE = "stale", "测算后已另有变动"


@with_history
class Uprating(models.Model):
    """`from_month`: the new standard's own month, which may lie in the past; months up to `through` are worked out one
    by one, and the last amount goes on. Money is whole fen."""

    benefit = models.CharField("待遇", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="upratings")
    from_month = models.DateField("新标准起始月")
    through = models.DateField("逐月计算至")
    # The last month whose list had gone when it was worked out: back-pay is counted up to it.
    run_through = models.DateField("名单已冻结至", null=True, blank=True)
    evidence = models.CharField("依据文件", max_length=120)
    standards = models.JSONField("变化的标准", default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="测算人", related_name="+")
    made_on = models.DateField("测算日期")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    rights = models.PositiveIntegerField("调整户（人）数", default=0)
    held = models.PositiveIntegerField("须先复核", default=0)
    monthly_fen = models.BigIntegerField("每月增加（分）", default=0)
    arrears_fen = models.BigIntegerField("补发（分）", default=0)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "提标重算"
        indexes = [models.Index(fields=["region", "-from_month", "-id"], name="uprating_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "region"],
                condition=Q(state__in=["waiting", "drafted", "confirmed"]),
                name="one_open_uprating",
            ),
            models.CheckConstraint(condition=is_first_day("from_month"), name="uprating_from_is_a_month"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="uprating_by_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done"]) | Q(checker__isnull=False),
                name="uprating_is_confirmed",
            ),
        ]
        triggers = [pgtrigger.Protect(name="uprating_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.from_month:%Y年%m月}起"


class UpratingLine(models.Model):
    """One span of months of one right. `amount` is the row in force when it was worked out: it is superseded, or, if
    somebody was faster, left alone. A held line says why nobody changes it unseen."""

    uprating = models.ForeignKey(Uprating, models.PROTECT, related_name="lines")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="+")
    amount = models.ForeignKey(EntitlementAmount, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    from_month = models.DateField("起")
    until_month = models.DateField("止", null=True, blank=True)
    old_fen = models.BigIntegerField("原月金额（分）")
    new_fen = models.BigIntegerField("新月金额（分）", null=True, blank=True)
    arrears_fen = models.BigIntegerField("补发（分）", default=0)
    state = models.CharField("状态", max_length=10, choices=LineState.choices)
    reason = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "提标重算明细"
        indexes = [models.Index(fields=["uprating", "state", "entitlement"], name="uprating_line_turn")]
        constraints = [
            models.UniqueConstraint(
                fields=["uprating", "amount", "from_month"], name="one_uprating_line_per_span"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(new_fen__gt=0), name="uprating_lays_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_month:%Y-%m}"
