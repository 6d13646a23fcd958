"""Who may call the API: which system or app, on what basis, where, for what, until when."""

from __future__ import annotations

import datetime as dt

from allauth.idp.oidc.models import Client
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.exchange.words import PURPOSES
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Kind(models.TextChoices):
    PARTNER = "partner", "部门系统"
    CITIZEN_APP = "citizen", "群众应用"


@with_history
class ApiClient(models.Model):
    """The administrative side of an OAuth client; `oidc` holds the hashed secret, grant types and scopes.

    A partner system acts as its service account `user`, whose one role over `region` is what every screen and action
    asks for too. A citizen app has none: it acts as the citizen who allowed it. `contact` is an office, never a person.
    """

    oidc = models.OneToOneField(Client, models.PROTECT, primary_key=True, related_name="registered")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    name = models.CharField("名称", max_length=60)
    department = models.CharField("使用单位", max_length=60)
    contact = models.CharField("联系科室和电话", max_length=60)
    basis = models.CharField("依据", max_length=120, help_text="共享协议、文件的名称和文号")
    purposes = ArrayField(
        models.CharField(max_length=12, choices=[(p.value, title) for p, title in PURPOSES.items()]),
        verbose_name="允许的用途",
        default=list,
        blank=True,
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    user = models.OneToOneField(
        "accounts.User",
        models.PROTECT,
        verbose_name="服务账号",
        null=True,
        blank=True,
        related_name="api_client",
    )
    since = models.DateField("启用日期")
    until = models.DateField("到期日期")
    calls_per_minute = models.PositiveIntegerField("每分钟调用上限", null=True, blank=True)
    secret_since = models.DateTimeField("密钥更换时间", null=True, blank=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    revoke_reason = models.CharField("停用原因", max_length=200, blank=True)
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "接口客户"
        indexes = [models.Index(fields=["region", "oidc"], name="api_client_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="api_client_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind="citizen", user__isnull=True) | Q(kind="partner", user__isnull=False),
                name="api_client_partner_has_an_account",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""),
                name="api_client_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scopes(self) -> list[str]:
        return self.oidc.get_scopes()

    @property
    def last_day(self) -> dt.date:
        return self.until - dt.timedelta(days=1)

    def refusal(self, on: dt.date) -> str:
        """Why it may not call on that day; "" when it may. `until` is the first day on which it may no longer."""
        if self.revoked_at is not None:
            return "这个接口客户已停用。请联系民政部门重新登记。"
        if on < self.since:
            return f"这个接口客户自 {self.since} 起才启用。"
        if on >= self.until:
            return f"这个接口客户已于 {self.until} 到期。请联系民政部门续期。"
        return ""

    def standing(self, on: dt.date) -> tuple[str, str]:
        """(tone, words) for lists."""
        if self.revoked_at is not None:
            return "neutral", "已停用"
        if on < self.since:
            return "info", "未启用"
        return ("warn", "已到期") if on >= self.until else ("ok", "使用中")
