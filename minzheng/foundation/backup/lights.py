"""Is there a fresh backup, and was it restored lately? For the desk and for the nightly remarks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from minzheng.foundation.backup.archive import bases
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
    """The lights of the backups, of the drills and, once it was begun, of the archive."""
    now = now or timezone.now()
    on = timezone.localdate(now)
    hours, days = (parameter(name, NATIONAL, on) for name in ("backup_within_hours", "drill_within_days"))
    archive = archive_light(settings.ARCHIVE, now)
    return [
        _light(
            Kind.BACKUP,
            now,
            dt.timedelta(hours=hours),
            f"{hours} 小时",
            "请运行 minzheng backup，并查定时任务。",
        ),
        _light(Kind.DRILL, now, dt.timedelta(days=days), f"{days} 天", "请运行 minzheng drill。"),
        *([archive] if archive else []),
    ]


def remarks(now: dt.datetime | None = None) -> list[str]:
    """One line for every light that is red."""
    return [f"{light.title}：{light.says}。{light.todo}" for light in lights(now) if not light.is_good]


def archive_light(folder: Path, now: dt.datetime | None = None) -> Light | None:
    """Whether every moment up to now could be brought back; None when nobody archives."""
    now = now or timezone.now()
    minutes = parameter("archive_within_minutes", NATIONAL, timezone.localdate(now))
    found, seen = bases.complete(folder), bases.seen(folder)
    if not found or seen is None:
        return None
    title, when = "连续归档", f"收到 {timezone.localtime(seen):%Y-%m-%d %H:%M:%S} 为止"
    newest, _ = bases.read(found[-1])
    if missing := next(bases.gaps(bases.segments(folder), newest.segment, newest.segment_bytes), ""):
        return Light(
            title, False, f"缺少日志 {missing}，之后的时刻恢复不了", "请运行 minzheng archive base。"
        )
    if now - seen > dt.timedelta(minutes=minutes):
        todo = "请查 minzheng archive run 是否在运行：它停得久，数据库为它保留的日志会占满磁盘。"
        return Light(title, False, f"{when}，已超过 {minutes} 分钟", todo)
    return Light(title, True, when)


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
