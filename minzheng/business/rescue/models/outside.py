"""Case records of other stations, received as files in the declared format (S-165), and every file that came or went."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.exchange.models import Direction, ExchangeCall
from minzheng.foundation.people.models import Sex
from minzheng.foundation.regions.models import Region


class CaseFile(models.Model):
    """One file of case records with its control totals. Never changed; the same content is taken once."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    direction = models.CharField("方向", max_length=8, choices=Direction.choices)
    station = models.CharField("来源救助站", max_length=100)
    sha256 = models.CharField("校验值", max_length=64)
    records = models.PositiveIntegerField("记录数")
    days = models.PositiveIntegerField("在站天数合计")
    since = models.DateField("入站日期起")
    until = models.DateField("入站日期止")
    call = models.OneToOneField(ExchangeCall, models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="经办人", related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "救助个案交换文件"
        indexes = [models.Index(fields=["region", "id"], name="case_file_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "sha256"],
                condition=Q(direction="received"),
                name="one_case_file_of_a_content",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="case_file_is_kept", operation=pgtrigger.Delete | pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.since}—{self.until}"


class OutsideCase(models.Model):
    """One stay elsewhere. Found again when the same person comes here."""

    id = RowKey()
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="cases")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="接收地", related_name="+")
    number = models.CharField("救助编号", max_length=30)
    name = models.CharField("姓名或代称", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄")
    arrived_on = models.DateField("入站日期")
    left_on = models.DateField("离站日期", null=True, blank=True)
    way = models.CharField("离站方式", max_length=30, blank=True)
    home = models.CharField("家庭住址", max_length=120, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "外站救助个案"
        indexes = [models.Index(fields=["region", "id"], name="outside_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "file", "number"], name="one_row_of_a_case_in_a_file")
        ]
        triggers = [pgtrigger.Protect(name="outside_is_kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return self.number
