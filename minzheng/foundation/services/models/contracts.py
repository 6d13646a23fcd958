"""Contracts with providers, what was changed in them, and their workers. Money is whole fen."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.regions.models import Region


@with_history
class Contract(models.Model):
    """政府购买服务合同: a provider, a county, a term, a ceiling, what is to be delivered, and who evaluates it."""

    number = models.CharField("合同编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="承接单位", related_name="contracts"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="购买单位所在县", related_name="service_contracts"
    )
    kinds = ArrayField(models.CharField(max_length=30), verbose_name="服务项目", default=list)
    since = models.DateField("起")
    until = models.DateField("止（当天仍有效）")
    amount_fen = models.BigIntegerField("合同金额（分）")
    deliverables = models.CharField("交付要求", max_length=300)
    evaluator = models.CharField("第三方评估机构", max_length=100, blank=True)
    evaluated_on = models.DateField("评估日期", null=True, blank=True)
    points = models.PositiveSmallIntegerField("评估得分", null=True, blank=True)
    evaluation = models.CharField("评估意见", max_length=300, blank=True)
    ended_on = models.DateField("提前终止", null=True, blank=True)

    class Meta:
        verbose_name = "购买服务合同"
        indexes = [models.Index(fields=["region", "id"], name="service_contract_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="contract_has_a_ceiling"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=100), name="points_of_100"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running(self, on: dt.date) -> bool:
        return self.since <= on <= self.until and (self.ended_on is None or on < self.ended_on)


class Amendment(models.Model):
    """补充协议: what both sides agreed to change. The contract says what holds now; this keeps what held before."""

    contract = models.ForeignKey(Contract, models.PROTECT, verbose_name="原合同", related_name="amendments")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="购买单位所在县", related_name="+")
    signed_on = models.DateField("签订日期")
    reason = models.CharField("变更内容和理由", max_length=300)
    until_before = models.DateField("原截止日")
    until = models.DateField("现截止日")
    amount_fen_before = models.BigIntegerField("原金额（分）")
    amount_fen = models.BigIntegerField("现金额（分）")

    class Meta:
        verbose_name = "补充协议"
        indexes = [models.Index(fields=["region", "id"], name="contract_amendment_region")]
        triggers = [
            pgtrigger.Protect(name="amendment_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.signed_on}"


@with_history
class Worker(models.Model):
    """Who does the work for a provider. The identity number is sealed; clients see name and picture only."""

    id = RowKey()
    provider = models.ForeignKey(Organisation, models.PROTECT, verbose_name="单位", related_name="workers")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="服务所在县", related_name="+")
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("身份证号", kind="id_no", max_length=18)
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    skill = models.CharField("持有证书", max_length=60, blank=True)
    since = models.DateField("入职日期")
    until = models.DateField("离职日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务人员"
        indexes = [models.Index(fields=["region", "id"], name="worker_region")]

    def __str__(self) -> str:
        return self.name
