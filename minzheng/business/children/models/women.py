"""农村留守妇女“五个一”: a ledger of what was done, by village; it counts people and names nobody (S-129)."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import models

from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region

LIST = yaml.safe_load((Path(__file__).parent.parent / "five_ones.yaml").read_text(encoding="utf-8"))
KINDS: tuple[tuple[str, str], ...] = tuple(LIST["kinds"].items())


@with_history
class WomenActivity(models.Model):
    """One activity; `kind` is one of five_ones.yaml."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    kind = models.CharField("哪一项", max_length=10)
    held_on = models.DateField("日期")
    persons = models.PositiveIntegerField("参加人数")
    content = models.CharField("内容", max_length=200)

    class Meta:
        verbose_name = "留守妇女关爱活动"
        indexes = [models.Index(fields=["region", "id"], name="women_activity_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "kind", "held_on"], name="one_women_activity_a_day"),
        ]

    def __str__(self) -> str:
        return f"{dict(KINDS).get(self.kind, self.kind)} {self.held_on}"
