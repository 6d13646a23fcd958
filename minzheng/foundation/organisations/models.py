"""Master records of organisations: who runs a home, delivers a service, receives a subsidy (handbook §11, block O)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.uscc import UsccError, parse_uscc, tidy
from minzheng.foundation.regions.models import Region


def is_uscc(value: str) -> None:
    """Validator: a code that may exist. Here and not in `clean`, so that a row of a sheet is told it too."""
    try:
        parse_uscc(value)
    except UsccError as error:
        raise ValidationError(str(error)) from None


class UsccField(models.CharField):
    """A unified social credit code, stored tidied."""

    default_validators = [is_uscc]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": 18})

    def to_python(self, value: Any) -> Any:
        return tidy(value) if isinstance(value, str) else value


class Kind(models.TextChoices):
    """What it is in law. The first two characters of its code tell most of them (GB 32100 table 1)."""

    GOVERNMENT = "government", "机关"
    PUBLIC = "public", "事业单位"
    COMPANY = "company", "企业"
    ASSOCIATION = "association", "社会团体"
    SERVICE_BODY = "service_body", "社会服务机构（民办非企业单位）"
    FOUNDATION = "foundation", "基金会"
    VILLAGE = "village", "村（居）民委员会"
    COOPERATIVE = "cooperative", "农民专业合作社"
    OTHER = "other", "其他"


KIND_BY_CODE = {
    "11": Kind.GOVERNMENT,
    "12": Kind.PUBLIC,
    "51": Kind.ASSOCIATION,
    "52": Kind.SERVICE_BODY,
    "53": Kind.FOUNDATION,
    "54": Kind.VILLAGE,
    "55": Kind.VILLAGE,
    "91": Kind.COMPANY,
    "92": Kind.COMPANY,
    "93": Kind.COOPERATIVE,
}


@with_history
class Organisation(models.Model):
    """One legal person or branch. Never deleted, only ended (DC8). `region` is where it is registered.

    `bank_account` is its own account, to which subsidies and service fees are paid; never a person's.
    """

    id = RowKey()
    uscc = UsccField("统一社会信用代码", unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=16, choices=Kind.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="登记地", related_name="+")
    address = models.CharField("住所", max_length=120, blank=True)
    legal_rep_name = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    legal_rep_id_no = EncryptedTextField("法定代表人身份证号", kind="id_no", max_length=18, blank=True)
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    bank_name = models.CharField("开户银行", max_length=60, blank=True)
    bank_account = EncryptedTextField("对公账号", kind="bank_account", max_length=30, blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    ended_on = models.DateField("注销日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "单位"
        indexes = [
            models.Index(fields=["region", "id"], name="organisation_region"),
            models.Index(fields=["name", "id"], name="organisation_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(uscc__regex=r"^[0-9A-Z]{18}$"), name="uscc_has_18_characters"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=models.F("founded_on")),
                name="organisation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        expected = KIND_BY_CODE.get(self.uscc[:2])
        if self.kind and expected and self.kind != expected:
            wrong["kind"] = f"代码以 {self.uscc[:2]} 开头的是{expected.label}，请核对类型和代码。"
        if self.founded_on and self.ended_on and self.ended_on < self.founded_on:
            wrong["ended_on"] = "注销日期早于成立日期，请对照证书核对。"
        if wrong:
            raise ValidationError(wrong)

    def is_open_on(self, date: dt.date) -> bool:
        return self.ended_on is None or self.ended_on > date
