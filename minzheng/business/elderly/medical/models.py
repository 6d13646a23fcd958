"""Contracts of old people with clinics."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


@with_history
class ClinicContract(models.Model):
    """One contract; `until` is its last day. A renewal is a new row."""

    id = RowKey()
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    name = models.CharField("姓名", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    clinic = models.CharField("签约医疗机构", max_length=100)
    team = models.CharField("签约团队", max_length=60, blank=True)
    since = models.DateField("签约日期")
    until = models.DateField("有效期至")

    objects = RowKeyManager()

    class Meta:
        app_label = "elderly"
        verbose_name = "医养签约"
        indexes = [
            models.Index(fields=["region", "id"], name="clinic_contract_region"),
            models.Index(fields=["until"], name="clinic_contract_expiry"),
        ]
        constraints = [
            UniqueNumber(Blind("id_no"), "since", name="one_clinic_contract_a_day"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="clinic_contract_ends_after"),
        ]

    def __str__(self) -> str:
        return self.clinic


@with_history
class HomeClinic(models.Model):
    """A home's agreement with a medical institution (N21); `until` is its last day, a renewal a new row."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="养老机构", related_name="clinic_agreements"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    clinic = models.CharField("签约医疗机构", max_length=100)
    services = models.CharField("服务内容", max_length=200, blank=True)
    since = models.DateField("签约日期")
    until = models.DateField("有效期至")

    class Meta:
        app_label = "elderly"
        verbose_name = "养老机构医养签约"
        indexes = [
            models.Index(fields=["region", "id"], name="home_clinic_region"),
            models.Index(fields=["until"], name="home_clinic_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["facility", "clinic", "since"], name="one_home_clinic_a_day"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="home_clinic_ends_after"),
        ]

    def __str__(self) -> str:
        return self.clinic
