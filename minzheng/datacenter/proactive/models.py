"""主动发放: who fulfils a benefit's rule and does not receive it, on the way to being paid without an application (S-030)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.benefits.models import Entitlement, is_first_day
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    LISTED = "listed", "待公示"
    PUBLISHED = "published", "公示中"
    OBJECTED = "objected", "有异议"
    GRANTED = "granted", "已发放"
    DECLINED = "declined", "本人不要"
    DROPPED = "dropped", "移出名单"


OPEN = (State.LISTED, State.PUBLISHED, State.OBJECTED)


class Offer(models.Model):
    """One person on the list of one benefit. `spans`: [[first month, last month or null, fen a month], …], oldest first.

    `month` is the month whose comparison found the person; the back-pay before it is limited (DC6).
    """

    benefit = models.CharField("待遇", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="本人", related_name="offers")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("名单月份")
    first_month = models.DateField("起发月")
    amount_fen = models.BigIntegerField("月金额（分）")
    spans = models.JSONField("各月金额")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.LISTED)
    published_on = models.DateField("公示日期", null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="公示人", null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    entitlement = models.OneToOneField(
        Entitlement, models.PROTECT, null=True, blank=True, related_name="offer"
    )
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "主动发放"
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "person"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="one_open_offer_per_person",
            ),
            models.UniqueConstraint(fields=["benefit", "person", "month"], name="one_offer_a_month"),
            models.CheckConstraint(condition=is_first_day("month"), name="offer_month_is_first_day"),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(entitlement__isnull=False, confirmed_on__isnull=False),
                name="granted_offer_has_a_right",
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="offer_region")]

    def __str__(self) -> str:
        return f"{self.benefit} {self.month:%Y-%m} {self.pk}"
