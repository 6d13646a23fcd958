"""Fire patrols and checks that a home makes itself (养老机构消防安全管理规定 民发〔2023〕37号)."""

from __future__ import annotations

from django.db import models

from minzheng.business.elderly.institutions.models.homes import Home
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history


class CheckKind(models.TextChoices):
    """Each has a frequency in standards/national/institutions.yaml: home_check_<kind>_days."""

    PATROL = "patrol", "每日防火巡查"
    NIGHT = "night", "夜间防火巡查"
    MONTHLY = "monthly", "每月防火检查"
    DRILL = "drill", "半年消防演练"
    TEST = "test", "年度消防设施检测"


@with_history
class Check(models.Model):
    """One check done. `hazards`: what was found, "" where all was well; it is open until `mended_on`."""

    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="checks")
    kind = models.CharField("种类", max_length=8, choices=CheckKind.choices)
    done_on = models.DateField("检查日期")
    done_by = models.CharField("检查人", max_length=60)
    hazards = models.CharField("发现的隐患", max_length=500, blank=True)
    mended_on = models.DateField("整改完成日期", null=True, blank=True)
    proofs = models.ManyToManyField(Document, verbose_name="整改照片", blank=True, related_name="+")

    class Meta:
        verbose_name = "消防巡查和检查"
        constraints = [
            models.UniqueConstraint(fields=["home", "kind", "done_on"], name="one_check_a_day_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.done_on}"
