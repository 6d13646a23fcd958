"""Who issues certificates, what was issued, and in what state it is. An issued certificate is never edited."""

from __future__ import annotations

import datetime as dt
import secrets

import pgtrigger
from django.db import models
from django.db.models import Q

from minzheng.foundation.certificates.words import Certificate
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf


def new_token() -> str:
    """128 random bits: the address of a certificate cannot be guessed."""
    return secrets.token_urlsafe(16)


@with_history
class Issuer(models.Model):
    """The authority that issues for a county, a city or the province."""

    region = models.OneToOneField(Region, models.PROTECT, primary_key=True, verbose_name="辖区")
    name = models.CharField("发证机关", max_length=60)
    short_name = models.CharField("编号用简称", max_length=6)
    uscc = models.CharField("统一社会信用代码", max_length=18)

    class Meta:
        verbose_name = "发证机关"

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    VALID = "valid", "有效"
    SUSPENDED = "suspended", "暂停使用"
    REVOKED = "revoked", "已注销"


@with_history
class Issued(models.Model):
    """One certificate, paper and electronic in one (S-025). Only its state changes, and `revoked` is the end.

    `origin` names what it was issued for, such as "case:17": for that there is one at a time.
    `rows` are as printed. `file` is the signed PDF in the storage, `sha256` that of its bytes.
    """

    kind = models.CharField("证照", max_length=40)
    number = models.CharField("证照编号", max_length=40)
    identifier = models.CharField("电子证照标识", max_length=80, unique=True)
    token = models.CharField("核验码", max_length=22, unique=True, default=new_token)
    origin = models.CharField("来源", max_length=60)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="持证人", null=True, blank=True, related_name="certificates"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="certificates"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="发证机关", related_name="issued")
    issuer_name = models.CharField("发证机关", max_length=60)
    name = models.CharField("持证人姓名", max_length=60)
    rows = models.JSONField("内容")
    public = models.JSONField("可公开核验的内容", default=list)
    note = models.CharField("附注", max_length=200, blank=True)
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="换发自", null=True, blank=True, related_name="replaced_by"
    )
    file = models.CharField("文件", max_length=120)
    sha256 = models.CharField("校验值", max_length=64, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.VALID)
    state_since = models.DateTimeField("状态时间")
    reason = models.CharField("状态原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "证照"
        constraints = [
            # Husband and wife hold one copy each of the same number.
            models.UniqueConstraint(fields=["number", "person"], name="one_number_a_holder"),
            models.UniqueConstraint(
                fields=["kind", "origin"], condition=~Q(state="revoked"), name="one_certificate_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("issued_on")),
                name="certificate_ends_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state="valid") | ~Q(reason=""), name="certificate_state_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="certificate_region"),
            models.Index(fields=["person"], name="certificate_person"),
        ]
        triggers = [
            pgtrigger.Protect(name="certificate_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="certificate_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "state_since", "reason"]),
            ),
            pgtrigger.FSM(
                name="certificate_moves",
                field="state",
                transitions=[
                    ("valid", "suspended"),
                    ("suspended", "valid"),
                    ("valid", "revoked"),
                    ("suspended", "revoked"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def word(self) -> Certificate:
        return shelf(Certificate).get(self.kind)

    @property
    def holders(self) -> list[int]:
        """Whom a look at it is a look at: nobody, where an institution holds it."""
        return [self.person_id] if self.person_id is not None else []

    def standing(self, on: dt.date) -> tuple[str, str]:
        """(tone, words) on a day: the last day of validity still counts."""
        if self.state == State.REVOKED:
            return "bad", "已注销"
        if self.valid_until is not None and on > self.valid_until:
            return "warn", "已过期"
        return ("warn", "暂停使用") if self.state == State.SUSPENDED else ("ok", "有效")
