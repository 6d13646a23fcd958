"""The drill: a living county with a paid month, backed up while somebody writes, lost, brought back and proven."""

import datetime as dt
import shutil
import threading

import pytest
from django.db import connection

from minzheng.cli import main
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.backup import lights, make, manifest, sealed, server
from minzheng.foundation.backup.models import BackupRun, Kind
from minzheng.foundation.backup.restore import restore
from minzheng.foundation.backup.tests.conftest import PDF

pytestmark = pytest.mark.django_db(transaction=True)


class Writer(threading.Thread):
    """Writes entries until told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped, self.started_well = threading.Event(), threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            record("person.read", "查看个人档案", actor=None, persons=[1], is_read=True)
            self.started_well.set()
        connection.close()


def damage(file, how):
    content = file.read_bytes()
    if how == "flip":
        at = len(content) // 2
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    elif how == "cut":
        file.write_bytes(content[: len(content) // 2])
    else:
        file.unlink()


def test_it_brings_a_living_county_back_and_proves_every_fen_and_every_look(county, vault, tmp_path, capsys):
    writer = Writer()
    writer.start()
    writer.started_well.wait()
    try:
        assert main(["backup"]) == 0
    finally:
        writer.stopped.set()
        writer.join()
    said = capsys.readouterr().out
    assert "密钥不在备份里" in said and str(vault.BACKUP_KEY) in said
    (folder,) = make.complete(vault.BACKUPS)

    # Nothing of it can be read without the key, and the key is not in it.
    whole = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert PDF not in whole and b"PGDMP" not in whole
    assert vault.BACKUP_KEY.read_bytes().strip() not in whole

    # What is written after the snapshot is not in it; what was in it comes back whole.
    assert main(["drill"]) == 0, capsys.readouterr().out
    said = capsys.readouterr().out
    assert "全部相符" in said and "分毫不差" in said and "核验通过" in said
    done = BackupRun.objects.get(kind=Kind.DRILL)
    assert done.is_good and done.rows == manifest.read(folder)[0].rows > 100
    assert lights.remarks() == []

    # A damaged one is refused by the name of the file, before anything is touched.
    (upload,) = [entry.path for entry in manifest.read(folder)[0].files if entry.path.startswith("media/")]
    for path, how in [
        ("database.dump", "flip"),
        ("database.dump", "cut"),
        (upload, "missing"),
        ("anchors/heads.jsonl", "flip"),
        ("manifest.json", "flip"),
        ("manifest.sig", "missing"),
    ]:
        copy = tmp_path / "damaged" / folder.name
        shutil.copytree(folder, copy)
        damage(copy / path, how)
        with pytest.raises(sealed.Damaged, match=path.rpartition("/")[2]):
            restore(copy)
        shutil.rmtree(copy)
    (folder / "more").write_text("x")
    with pytest.raises(sealed.Damaged, match="多出文件 more"):
        restore(folder)
    (folder / "more").unlink()

    # Never over data that is there, and never without the keys.
    with pytest.raises(Refused, match="不是空的"):
        restore(folder)
    vault.BACKUP_KEY.rename(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="与备份分开保管"):
        restore(folder)
    sealed.make_key(vault.BACKUP_KEY)
    with pytest.raises(Refused, match="不是这份备份的那一把"):
        restore(folder)


def test_it_shares_with_the_backup_before_what_did_not_change_and_sweeps_what_is_too_old(county, vault):
    first = make.make(vault.BACKUPS)
    old = first.folder.rename(vault.BACKUPS / "minzheng-20200101T000000Z")
    second = make.make(vault.BACKUPS)
    (path,) = second.manifest.of("media")
    assert second.shared == 1 and (old / "media" / path).samefile(second.folder / "media" / path)
    manifest.check_files(second.folder, second.manifest.files)
    gone = list(make.prune(vault.BACKUPS, dt.datetime(2020, 1, 2, tzinfo=dt.UTC), print))
    assert gone == [old] and make.complete(vault.BACKUPS) == [second.folder]
    assert list(make.prune(vault.BACKUPS, dt.datetime(2100, 1, 1, tzinfo=dt.UTC), print)) == []


@pytest.fixture
def plain_owner(settings):
    """(Role, its empty database) on the same server: as a county's administrator of databases sets them up."""
    role, database = "plain_owner", f"{connection.settings_dict['NAME']}_plain"
    with server.as_owner() as owned:
        owned.execute(f"DROP DATABASE IF EXISTS {database}")
        owned.execute(f"DROP ROLE IF EXISTS {role}")
        owned.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
        owned.execute(f"CREATE DATABASE {database} OWNER {role}")
    yield role, database
    with server.as_owner() as owned:
        owned.execute(f"DROP DATABASE {database}")
        owned.execute(f"DROP ROLE {role}")


def test_an_owner_who_is_no_superuser_loads_a_dump_and_dumps_it_again(
    county, plain_owner, settings, tmp_path, monkeypatch
):
    role, database = plain_owner
    with server.as_owner() as owned:
        before = server.counts(owned)
    first, second = tmp_path / "first.dump", tmp_path / "second.dump"
    write_dump(first)
    owner = getattr(settings, "DATABASE_OWNER", connection.settings_dict)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "DATABASE_OWNER", owner | {"USER": role}, raising=False)
        patch.setitem(connection.settings_dict, "NAME", database)
        server.load(first)
        write_dump(second)
        with server.as_owner() as owned:
            assert server.counts(owned) == before and before["payments_paymentline"] > 0
            (leakproof,) = owned.execute(
                "SELECT proleakproof FROM pg_proc WHERE proname = 'blind_a'"
            ).fetchone()
            assert not leakproof  # an administrator gives the mark: `minzheng database roles` says so


def write_dump(file):
    with server.as_owner() as owned, owned.transaction():
        owned.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        (snapshot,) = owned.execute("SELECT pg_export_snapshot()").fetchone()
        with server.dump(snapshot) as running:
            file.write_bytes(running.stdout.read())
