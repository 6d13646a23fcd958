"""Registries (婚姻登记机关) and those who may register there."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


@with_history
class Registry(models.Model):
    """A county's civil-affairs registry, or a township that was designated. `code` is the 6-digit one of its numbers."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    name = models.CharField("名称", max_length=60, unique=True)
    code = models.CharField("编号用行政区划代码", max_length=6)
    address = models.CharField("地址", max_length=120)
    phone = models.CharField("电话", max_length=20, blank=True)
    is_foreign = models.BooleanField("省级确定可办涉外、涉港澳台侨", default=False)
    designated_by = models.CharField("确定文件", max_length=100, blank=True)
    counter = models.OneToOneField(
        "booking.Counter", models.PROTECT, null=True, blank=True, related_name="registry"
    )
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "婚姻登记机关"
        indexes = [models.Index(fields=["region", "id"], name="registry_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_foreign=False) | ~Q(designated_by=""), name="foreign_registry_is_designated"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        if self.code != self.region_id[:6]:
            wrong["code"] = "编号用区划代码应是所在县（市、区）代码的前6位，请核对。"
        if self.is_foreign and not self.designated_by.strip():
            wrong["designated_by"] = "办理涉外、涉港澳台侨登记的，请填写省级民政部门的确定文件。"
        if wrong:
            raise ValidationError(wrong)


@with_history
class Registrar(models.Model):
    """A registrar's qualification at one registry: trained, examined, with a certificate (婚姻登记员)."""

    registry = models.ForeignKey(Registry, models.PROTECT, related_name="registrars")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="账号", related_name="+")
    certificate_no = models.CharField("婚姻登记员证编号", max_length=30)
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "婚姻登记员"
        constraints = [
            models.UniqueConstraint(
                fields=["registry", "user"], condition=Q(until=None), name="one_open_qualification"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.certificate_no}）"

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
