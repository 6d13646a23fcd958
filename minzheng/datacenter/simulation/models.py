"""Simulations that were run: who, when, with which standards, and the sums that came out. Nobody's own row is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    WAITING = "waiting", "等待测算"
    RUNNING = "running", "正在测算"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"
    CANCELLED = "cancelled", "已取消"


class Simulation(models.Model):
    """One run, seen by whoever may see the region's statistics.

    `reform` is what reform.read_reform reads; `result` what simulate.simulate returns, small cells already left out.
    """

    title = models.CharField("名称", max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="测算地区", related_name="+")
    on = models.DateField("测算日期")
    reform = models.JSONField("方案")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="测算人", related_name="+"
    )
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    result = models.JSONField("结果", default=dict)
    note = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("测算时间", auto_now_add=True)

    class Meta:
        verbose_name = "标准测算"
        indexes = [models.Index(fields=["region", "-id"], name="simulation_region")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_moving(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}
