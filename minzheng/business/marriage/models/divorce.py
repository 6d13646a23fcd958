"""A divorce by registration on its way: application, cooling-off, window, end. The agreement lies sealed beside it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.business.marriage.models.register import Marriage, Registration
from minzheng.business.marriage.models.registry import Registry
from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class DivorceState(models.TextChoices):
    OPEN = "open", "已受理"
    WITHDRAWN = "withdrawn", "一方撤回"
    DEEMED = "deemed", "期满未领证，视为撤回"
    REGISTERED = "registered", "已离婚"


@with_history
class Divorce(models.Model):
    """One application (离婚登记申请). The dates are computed once, on the day of receipt, with the calendar of that day.

    `cooling_until` (C) is the last day on which either side may withdraw; the certificate is asked for from the day
    after it up to `window_until` (民法典 第一千零七十七条).
    """

    receipt_no = models.CharField("受理回执单编号", max_length=40, unique=True)
    registry = models.ForeignKey(Registry, models.PROTECT, verbose_name="登记机关", related_name="divorces")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    marriage = models.ForeignKey(Marriage, models.PROTECT, related_name="divorces")
    man = models.ForeignKey(Person, models.PROTECT, verbose_name="男方", related_name="+")
    woman = models.ForeignKey(Person, models.PROTECT, verbose_name="女方", related_name="+")
    applied_on = models.DateField("受理日期")
    cooling_until = models.DateField("冷静期止")
    window_from = models.DateField("可以申领离婚证之日")
    window_until = models.DateField("申领期限")
    calendar = models.CharField("日历版本", max_length=80)
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=DivorceState.choices, default=DivorceState.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    registration = models.OneToOneField(
        Registration, models.PROTECT, null=True, blank=True, related_name="divorce"
    )

    class Meta:
        verbose_name = "离婚登记申请"
        constraints = [
            models.UniqueConstraint(
                fields=["marriage"], condition=Q(state="open"), name="one_open_divorce_per_marriage"
            ),
            models.CheckConstraint(
                condition=Q(cooling_until__gt=F("applied_on"), window_from__gt=F("cooling_until"))
                & Q(window_until__gte=F("window_from")),
                name="divorce_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="closed_divorce_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="divorce_region"),
            models.Index(fields=["window_until"], name="divorce_due", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.receipt_no

    def phase_on(self, day: dt.date) -> str:
        """In words for people: where it stands on a day."""
        if self.state != DivorceState.OPEN:
            return self.get_state_display()
        if day <= self.cooling_until:
            return "冷静期"
        return "可以申领离婚证" if day <= self.window_until else "期满，待视为撤回"


class Agreement(models.Model):
    """离婚协议. Opened by the two parties and the registry's qualified registrars only; nobody above them, no reviewer."""

    id = RowKey()
    divorce = models.OneToOneField(Divorce, models.PROTECT, related_name="agreement")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    man = models.ForeignKey(Person, models.PROTECT, related_name="+")
    woman = models.ForeignKey(Person, models.PROTECT, related_name="+")
    content = EncryptedJSONField("内容", default=dict)  # {"will", "children", "property", "debts"}: text
    signed_on = models.DateField("签署日期")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "离婚协议"

    def __str__(self) -> str:
        return "离婚协议"
