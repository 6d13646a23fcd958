"""收养档案 (S-132): sealed. Each opening is asked for with its purpose and allowed by a second person, for a few days."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from minzheng.business.adoption.models.register import Adoption
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Asker(models.TextChoices):
    ADOPTER = "adopter", "收养人"
    CHILD = "child", "已成年的被收养人"
    AUTHORITY = "authority", "人民法院、检察院、公安等机关"
    REGISTRY = "registry", "登记机关（办理补领、解除、撤销）"


@with_history
class Unsealing(models.Model):
    """One opening of one file: who asks, what for, who allowed it, until when it may be read."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="unsealings")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    asker = models.CharField("查询人", max_length=10, choices=Asker.choices)
    asker_name = models.CharField("查询人姓名或单位", max_length=60)
    letter_no = models.CharField("公函编号", max_length=60, blank=True)
    purpose = models.CharField("用途", max_length=100)
    with_origin = models.BooleanField("同时查阅来历（生父母情况）", default=False)
    asked_on = models.DateField("申请日期")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="经办人", related_name="+")
    allowed_on = models.DateField("核准日期", null=True, blank=True)
    allowed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="核准人", null=True, blank=True, related_name="+"
    )
    refused_why = models.CharField("不予开启的理由", max_length=200, blank=True)
    until = models.DateField("可查阅至", null=True, blank=True)

    class Meta:
        verbose_name = "收养档案查阅"
        constraints = [
            models.CheckConstraint(
                condition=~Q(asker="authority") | ~Q(letter_no=""), name="adoption_authority_brings_a_letter"
            ),
            models.CheckConstraint(
                condition=Q(allowed_by=None) | ~Q(allowed_by=models.F("asked_by")),
                name="adoption_file_opened_by_two",
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="adoption_unseal_region")]

    def __str__(self) -> str:
        return f"{self.adoption.number}的查阅"

    @property
    def is_waiting(self) -> bool:
        return self.allowed_on is None and not self.refused_why

    def is_open_on(self, today: dt.date) -> bool:
        return self.allowed_on is not None and self.until is not None and today <= self.until
