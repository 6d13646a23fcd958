"""The signed consent without which nobody's means are asked about (57号; 社会救助法 第四十一条)."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person


@with_history
class Authorisation(models.Model):
    """One person's consent: to which sources, for which purposes, from when until when.

    A minor's is given by whoever applies for the family (民法典 第二十三条). `until` is the first day on which it no
    longer holds. A withdrawn one stays on record; from that moment no request is sent on it.
    """

    class Role(models.TextChoices):
        MEMBER = "member", "家庭成员"
        MINOR = "minor", "未成年人，由监护人代签"
        OBLIGOR = "obligor", "家庭以外的义务人"

    class Channel(models.TextChoices):
        LOGIN = "login", "本人登录签署"
        PAPER = "paper", "纸质授权书"

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="授权人", related_name="check_authorisations"
    )
    signed_by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="代签人", null=True, blank=True, related_name="+"
    )
    role = models.CharField("身份", max_length=8, choices=Role.choices, default=Role.MEMBER)
    case = models.ForeignKey(Case, models.PROTECT, verbose_name="办件", related_name="authorisations")
    sources = ArrayField(models.CharField(max_length=40), verbose_name="可查询的部门")
    purposes = ArrayField(models.CharField(max_length=12), verbose_name="用途")
    since = models.DateField("起")
    until = models.DateField("止")
    channel = models.CharField("方式", max_length=6, choices=Channel.choices)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, verbose_name="授权书", null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField("授权书校验值", max_length=64, blank=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="登记人", related_name="+")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="登记撤回", null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField("撤回说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "核对授权"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_authorisation_a_case",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="authorisation_ends_after_start"),
        ]
        indexes = [models.Index(fields=["person", "-until"], name="authorisation_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.since}"

    def covers(self, source: str, purpose: str, on: dt.date) -> bool:
        """Whether this source may be asked about this person for this purpose on this day."""
        return (
            self.withdrawn_on is None
            and self.since <= on < self.until
            and source in self.sources
            and purpose in self.purposes
        )
