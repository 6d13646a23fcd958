"""Refreshes started from the desk: who, which region and month, how far. The lake itself is files."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    WAITING = "waiting", "等待开始"
    RUNNING = "running", "正在重建"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已取消"
    FAILED = "failed", "没有完成"


class LakeRun(models.Model):
    """One rebuilding. `done` and `total` count counties; `note` says in words what went wrong where."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("月份")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发起人", related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    stop_asked = models.BooleanField("要求取消", default=False)
    done = models.PositiveIntegerField("已做", default=0)
    total = models.PositiveIntegerField("县数", default=0)
    note = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("开始时间", auto_now_add=True)

    class Meta:
        verbose_name = "数据湖重建"
        indexes = [models.Index(fields=["region", "-id"], name="lake_run_region")]

    def __str__(self) -> str:
        return f"{self.region.name} {self.month:%Y年%m月}"

    @property
    def is_moving(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}
