"""What one child lacks, who sees to it by when, and who confirmed that it came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import models
from django.db.models import Q

from minzheng.business.children.models.files import ChildFile
from minzheng.foundation.accounts.models import User
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region

LIST: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8")
)["kinds"]
KINDS: tuple[tuple[str, str], ...] = tuple((code, kind["title"]) for code, kind in LIST.items())
ASKED = {kind["asked"]: code for code, kind in LIST.items() if "asked" in kind}
SEEN = {kind["seen"]: code for code, kind in LIST.items() if "seen" in kind}


class Found(models.TextChoices):
    VISIT = "visit", "走访"
    REGISTER = "register", "台账比对"
    HAND = "hand", "工作中发现"


class GapState(models.TextChoices):
    FOUND = "found", "待安排"
    PLANNED = "planned", "已安排"
    PROVIDED = "provided", "待确认"
    FILLED = "filled", "已补齐"
    DROPPED = "dropped", "不再需要"


OPEN = (GapState.FOUND, GapState.PLANNED, GapState.PROVIDED)


@with_history
class ServiceGap(models.Model):
    """`kind` is one of kinds.yaml. What is lacking and what was given are sealed: they tell of a child's life."""

    id = RowKey()
    file = models.ForeignKey(ChildFile, models.PROTECT, verbose_name="档案", related_name="gaps")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    kind = models.CharField("缺什么", max_length=10)
    found_by = models.CharField("怎样发现", max_length=8, choices=Found.choices)
    found_on = models.DateField("发现日期")
    note = EncryptedTextField("具体情况", kind="note", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=GapState.choices, default=GapState.FOUND)
    plan = EncryptedTextField("怎样补", kind="note", max_length=300, blank=True)
    provider = models.CharField("由谁提供", max_length=60, blank=True)
    due_on = models.DateField("补齐期限", null=True, blank=True)
    planned_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="安排人", null=True, blank=True, related_name="+"
    )
    given = EncryptedTextField("做了什么", kind="note", max_length=300, blank=True)
    provided_on = models.DateField("提供日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)
    dropped_for = models.CharField("不再需要的原因", max_length=120, blank=True)

    objects = RowKeyManager()

    class Meta:
        app_label = "children"
        verbose_name = "服务缺口"
        indexes = [models.Index(fields=["region", "id"], name="service_gap_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind"],
                condition=Q(state__in=["found", "planned", "provided"]),
                name="one_open_gap_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="filled") | Q(provided_on__isnull=False, confirmed_by__isnull=False),
                name="filled_gap_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return dict(KINDS).get(self.kind, self.kind)
