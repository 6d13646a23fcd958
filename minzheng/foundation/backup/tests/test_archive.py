"""Every moment can be brought back: a county pays, loses its data folder, and stands again as it was before a mistake."""

import datetime as dt
import subprocess

import pytest
from django.conf import settings
from django.db import connection

from minzheng.cli import main
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.record import record
from minzheng.foundation.backup import drill, lights, sealed, server
from minzheng.foundation.backup.archive import bases, sealing
from minzheng.foundation.backup.archive.bases import LOG
from minzheng.foundation.backup.archive.log import SLOT
from minzheng.foundation.backup.archive.turn import writing
from minzheng.foundation.backup.sealed import Damaged

MIB = 1 << 20


@pytest.fixture
def archive(vault, tmp_path):
    """The folder that `minzheng archive` writes; the server keeps no log for it afterwards."""
    vault.VAR = tmp_path / "var"
    vault.VAR.mkdir()
    assert (
        main(["archive", "end"]) == 0
    )  # of a run that was cut off; and with nothing begun yet it does no harm
    yield vault.ARCHIVE
    assert main(["archive", "end"]) == 0
    with server.as_owner() as owner:
        assert not owner.execute("SELECT FROM pg_replication_slots WHERE slot_name = %s", [SLOT]).fetchall()


def now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_it_brings_back_the_moment_before_a_mistake_with_the_payment_that_was_just_made(
    county, archive, office, tmp_path, capsys
):
    assert main(["archive", "run", "--once"]) == 0
    office.pay("2026-02")
    before, entries = now(), AuditEntry.objects.count()
    for _ in range(3):
        record("person.read", "误操作", actor=None, persons=[1], is_read=True)
    assert main(["archive", "run", "--once"]) == 0
    assert main(["archive", "state"]) == 0
    assert "之间的任一时刻" in capsys.readouterr().out

    # Nothing of it can be read without the key.
    whole = b"".join(file.read_bytes() for file in archive.rglob("*") if file.is_file())
    assert b"person.read" not in whole and b"PG_VERSION" not in whole

    # The data folder, the uploads and the signed heads are gone; archive and keys are not.
    aside = tmp_path / "aside"
    aside.mkdir()
    done = subprocess.run(
        [*drill.COMMAND, "restore", str(archive), "--until", before.isoformat()],
        env=drill._environment(aside), cwd=settings.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "2026年02月 资金核对" in said and "分毫不差" in said
    assert f"核验通过：第 1 至 {entries} 条完整" in said
    assert (aside / "pg-test" / "PG_VERSION").exists() and not list(aside.glob("*.part"))
    assert list((aside / "media-test").rglob("*.pdf"))

    # Only one writes; a moment before the first copy, a piece under another's name and a missing piece are named.
    with writing(archive, print):
        assert main(["archive", "run", "--once"]) == 2
    assert "已有一个归档程序" in capsys.readouterr().err
    with pytest.raises(Damaged, match="归档最早只能恢复到"):
        bases.newest_before(archive, before - dt.timedelta(days=1))
    *_, one, other = bases.segments(archive)
    with pytest.raises(Damaged, match=other):
        sealing.take(
            archive / LOG / one, tmp_path / "x", sealed.read_key(settings.BACKUP_KEY), f"{LOG}/{other}"
        )
    light = lights.archive_light(archive)
    assert light.is_good
    later = lights.archive_light(archive, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=6))
    assert not later.is_good and "已超过 5 分钟" in later.says
    (archive / LOG / one).unlink()
    assert main(["archive", "state"]) == 1
    assert f"缺少日志 {one}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000000"], []),
        (["0000000100000000000000FE", "000000010000000100000000"], ["0000000100000000000000FF"]),
        (["000000010000000100000000"], ["0000000100000000000000FE", "0000000100000000000000FF"]),
        (
            ["0000000100000000000000FE", "0000000200000000000000FF"],
            [],
        ),  # the server was brought back in between
        ([], ["0000000100000000000000FE"]),
    ],
)
def test_it_names_the_segments_of_the_log_that_are_missing(names, missing):
    assert list(bases.gaps(names, "0000000100000000000000FE", 16 * MIB)) == missing
