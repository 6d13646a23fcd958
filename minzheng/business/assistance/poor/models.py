"""The yearly list of people lifted out of registered poverty (建档立卡脱贫人口) and of those watched against falling back."""

from __future__ import annotations

from django.db import models

from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.history import with_history
from minzheng.foundation.people.named import Named


class Kind(models.TextChoices):
    LIFTED = "lifted", "脱贫户"
    UNSTABLE = "unstable", "脱贫不稳定户"
    EDGE = "edge", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"


@with_history
class RegisteredPoor(Named):
    """One person in one year's list of the rural department; a new year is a new row."""

    year = models.PositiveSmallIntegerField("名单年度")
    household_no = models.CharField("建档立卡户编号", max_length=20)
    kind = models.CharField("户类型", max_length=10, choices=Kind.choices)
    lifted_in = models.PositiveSmallIntegerField("脱贫年度", null=True, blank=True)

    class Meta:
        app_label = "assistance"
        verbose_name = "建档立卡脱贫人口"
        indexes = [
            models.Index(fields=["region", "id"], name="registered_poor_region"),
            models.Index(fields=["person", "year"], name="registered_poor_person"),
        ]
        constraints = [UniqueNumber(Blind("id_no"), "year", name="one_row_a_person_and_year")]
