"""备份与恢复: red until a backup and a drill are there, green then, red again when they are old."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.foundation.backup.lights import remarks
from minzheng.foundation.backup.models import BackupRun, Kind

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def made(kind: Kind, *, is_good: bool = True) -> None:
    BackupRun.objects.create(
        kind=kind, name="minzheng-20261122T041500Z", is_good=is_good, started_at=NOW, data_at=NOW, rows=7, bytes=7,
        manifest="0" * 64, note="全部相符",
    )  # fmt: skip


def test_it_shows_what_is_missing_and_then_what_was_done(cast, client):
    client.force_login(cast["auditor"])
    assert "还没有做过，应在 24 小时以内做过一次" in client.get("/desk/upkeep/").content.decode()
    made(Kind.BACKUP)
    made(Kind.DRILL)
    text = client.get("/desk/upkeep/").content.decode()
    assert "还没有" not in text and "全部相符" in text and "没有超过 90 天" in text


def test_it_is_for_those_who_supervise_only(cast, client):
    client.force_login(cast["clerk"])
    assert client.get("/desk/upkeep/").status_code == 403


def test_it_turns_red_after_a_day_without_a_backup_and_at_a_drill_that_failed(cast):
    made(Kind.BACKUP)
    made(Kind.DRILL)
    last = BackupRun.objects.get(kind=Kind.BACKUP).finished_at
    assert remarks(last + dt.timedelta(hours=24)) == []
    (late,) = remarks(last + dt.timedelta(hours=24, seconds=1))
    assert late.startswith("备份：") and "minzheng backup" in late
    made(Kind.DRILL, is_good=False)
    (failed,) = remarks(last)
    assert "没有成功" in failed
