"""What was kept long enough leaves into a signed file; what is left still proves itself."""

import datetime as dt

import pytest
from django.db import connection

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.chain import Broken, check_export
from minzheng.foundation.audit.heads import read_heads
from minzheng.foundation.audit.models import AuditEntry, AuditLink
from minzheng.foundation.audit.retention import retire
from minzheng.foundation.audit.seal import seal
from minzheng.foundation.audit.tests.conftest import write
from minzheng.foundation.audit.trail import export, verify

pytestmark = pytest.mark.django_db

TODAY = dt.date.today()
# As retention counts: on 29 February, the 28th.
TEN_YEARS_AGO = TODAY.replace(
    year=TODAY.year - 10, day=28 if (TODAY.month, TODAY.day) == (2, 29) else TODAY.day
)


@pytest.fixture
def old_trail(anchors):
    """Five entries of eleven years ago, then five of today."""
    write(5)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_auditentry SET at = at - interval '11 years'")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    write(5)
    seal()
    return anchors


def test_it_moves_the_old_entries_into_a_file_that_proves_itself(old_trail, tmp_path):
    file = tmp_path / "old.jsonl"
    assert retire(file, TEN_YEARS_AGO) == 5
    with file.open("rb") as lines:
        assert check_export(lines, read_heads(old_trail)).last == 5
    assert AuditLink.objects.order_by("seq").first().seq == 6
    assert AuditEntry.objects.filter(action="audit.retire", detail__count=5).exists()


def test_it_leaves_a_trail_that_begins_after_them_and_still_proves_itself(old_trail, tmp_path):
    retire(tmp_path / "old.jsonl", TEN_YEARS_AGO)
    sound = verify(old_trail).sound
    assert (sound.first, sound.last) == (6, 11)
    export(tmp_path / "rest.jsonl")
    with (tmp_path / "rest.jsonl").open("rb") as lines:
        assert check_export(lines, read_heads(old_trail)).first == 6


def test_it_finds_one_entry_more_taken_than_was_signed(old_trail, tmp_path):
    retire(tmp_path / "old.jsonl", TEN_YEARS_AGO)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM audit_auditlink WHERE seq = 6")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    with pytest.raises(Broken):
        verify(old_trail)


def test_it_refuses_a_day_less_than_ten_years_ago(old_trail, tmp_path):
    with pytest.raises(Refused, match="至少保存 10 年"):
        retire(tmp_path / "old.jsonl", TEN_YEARS_AGO + dt.timedelta(days=1))
    assert AuditEntry.objects.count() == 10


def test_it_refuses_when_nothing_is_old_enough_or_the_file_exists(anchors, tmp_path):
    write(1)
    seal()
    with pytest.raises(Refused, match="没有可以移出的记录"):
        retire(tmp_path / "old.jsonl", TEN_YEARS_AGO)
    (tmp_path / "old.jsonl").touch()
    with pytest.raises(Refused, match="不会覆盖"):
        retire(tmp_path / "old.jsonl", TEN_YEARS_AGO)
