"""Is there a fresh backup, and was it restored lately? For the desk and for the nightly remarks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from minzheng.foundation.backup.models import BackupRun, Kind
from minzheng.foundation.cases.parameters import parameter

NATIONAL = "0" * 12


@dataclass(frozen=True)
class Light:
    """One thing that must be fresh: green or not, what it is, what to do."""

    title: str
    is_good: bool
    says: str
    todo: str = ""


def lights(now: dt.datetime | None = None) -> list[Light]:
    """The light of the backups and that of the drills."""
    now = now or timezone.now()
    on = timezone.localdate(now)
    hours, days = (parameter(name, NATIONAL, on) for name in ("backup_within_hours", "drill_within_days"))
    return [
        _light(
            Kind.BACKUP,
            now,
            dt.timedelta(hours=hours),
            f"{hours} 小时",
            "请运行 minzheng backup，并查定时任务。",
        ),
        _light(Kind.DRILL, now, dt.timedelta(days=days), f"{days} 天", "请运行 minzheng drill。"),
    ]


def remarks(now: dt.datetime | None = None) -> list[str]:
    """One line for every light that is red."""
    return [f"{light.title}：{light.says}。{light.todo}" for light in lights(now) if not light.is_good]


def _light(kind: Kind, now: dt.datetime, limit: dt.timedelta, words: str, todo: str) -> Light:
    last = BackupRun.objects.filter(kind=kind).order_by("-finished_at").first()
    if last is None:
        return Light(kind.label, False, f"还没有做过，应在 {words}以内做过一次", todo)
    when = f"{timezone.localtime(last.finished_at):%Y-%m-%d %H:%M}"
    if not last.is_good:
        return Light(kind.label, False, f"最近一次（{when}）没有成功", f"{todo}失败的原因见下面的记录。")
    if now - last.finished_at > limit:
        return Light(kind.label, False, f"最近一次在 {when}，已超过 {words}", todo)
    return Light(kind.label, True, f"最近一次在 {when}，没有超过 {words}")
