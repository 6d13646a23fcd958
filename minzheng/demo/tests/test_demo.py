"""`minzheng demo --once` on an empty machine, and on one that is in use."""

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from minzheng.demo import main_job, prepare, tables
from minzheng.demo.cli import run_demo
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.tables import Kept, kept, migrations
from minzheng.foundation.audit.record import record
from minzheng.foundation.calendar import default_calendar
from minzheng.foundation.people.models import Person


@pytest.fixture
def empty_machine():
    """A folder for data that the database's own system user can reach, and the environment that names it."""
    folder = Path(tempfile.mkdtemp(prefix="mz-"))
    folder.chmod(0o755)
    inherited = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "MINZHENG_DEMO")
    }
    yield inherited | {"MINZHENG_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "minzheng.settings"}
    shutil.rmtree(folder, ignore_errors=True)


def demo(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "minzheng", "demo", "--once", *arguments],
        capture_output=True, text=True, env=environment, cwd=Path(__file__).parents[3], check=False,
    )  # fmt: skip


def leaks(environment):
    """What a dump of that machine's database gives away (tests/leaks.py)."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.leaks"],
        capture_output=True, text=True, env=environment, cwd=Path(__file__).parents[3], check=True,
    )  # fmt: skip
    return json.loads(told.stdout)


def test_it_does_the_main_job_once_and_proves_the_month_and_keeps_every_number_sealed(empty_machine):
    first = demo(empty_machine)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "资金核对" in first.stdout and "一致，分毫不差" in first.stdout
    assert "12 件" in first.stdout
    planted = Path(empty_machine["MINZHENG_VAR"]) / "demo/planted.json"
    assert planted.exists()
    found = leaks(empty_machine)
    assert found["rc"] == 0 and found["secrets"] > 40_000, (
        "identity numbers, telephones and accounts of the county"
    )
    assert found["found"] == {}, "a table holds numbers that are not sealed"
    assert found["known"] == found["asked"] > 5, "each is still found by its whole number"
    again = demo(empty_machine)
    assert again.returncode == 0
    assert "演示数据已备好" in again.stdout
    assert "生成虚构人口" not in again.stdout, "a second start makes nothing again"


def test_tables_of_another_state_of_the_program_are_told_from_those_of_this_one(cast, monkeypatch):
    assert kept(prepare.BEGUN) is None, "no demo was begun here"
    record(prepare.BEGUN, "开始准备演示数据", actor=None, migrations=migrations("minzheng"))
    assert kept(prepare.BEGUN) == Kept(Person.objects.count(), 0, outdated=False)
    rewritten = migrations("minzheng") | {"people/0001_initial.py": "another text"}
    record(prepare.BEGUN, "开始准备演示数据", actor=None, migrations=rewritten)
    assert kept(prepare.BEGUN).outdated
    record(prepare.BEGUN, "开始准备演示数据", actor=None)
    assert kept(prepare.BEGUN).outdated, "begun before this was kept"


@pytest.mark.parametrize(("fresh", "swept"), [(False, False), (True, True)])
def test_an_old_demo_is_left_alone_until_one_says_so(fresh, swept, monkeypatch, capsys):
    done = []
    monkeypatch.setattr(tables, "kept", lambda begun: Kept(20_000, 35, outdated=True))
    for step in ("sweep", "migrate", "begin", "fill", "mark_ready"):
        monkeypatch.setattr(prepare, step, lambda *given, step=step: done.append(step))
    monkeypatch.setattr(prepare, "is_ready", lambda: False)
    monkeypatch.setattr(main_job, "run_main_job", lambda *given: True)
    monkeypatch.setenv("MINZHENG_DEMO", "1")
    code = run_demo(argparse.Namespace(fresh=fresh, once=True, port=8000))
    said = capsys.readouterr().out.replace("\n", "")
    assert ("sweep" in done, code) == (swept, 0 if fresh else 1)
    assert "20000 人、35 件" in said and ("make demo FRESH=1" in said) != fresh
    assert fresh or done == []


def test_it_writes_nothing_into_a_database_that_is_in_use(cast):
    before = Person.objects.count()
    with pytest.raises(prepare.NotEmpty, match="已有数据"):
        prepare.begin()
    assert Person.objects.count() == before


@pytest.mark.parametrize("today", ["2026-01-01", "2026-02-28", "2026-03-02", "2026-10-08", "2026-12-31"])
def test_it_keeps_every_legal_period_whatever_day_it_is_run(today):
    days, calendar = Days(dt.date.fromisoformat(today)), default_calendar()
    assert (
        days.apply
        < days.accept
        < days.survey
        < days.propose
        < days.post
        < days.close
        < days.decide
        < days.pay_month
    )
    assert calendar.workdays_between(days.accept, days.survey) <= 3
    assert (days.close - days.post).days > 7
    assert calendar.workdays_between(days.close, days.decide) <= 10
    assert calendar.workdays_between(days.accept, days.decide) <= 30
    assert all(
        calendar.is_workday(day) for day in (days.apply, days.accept, days.survey, days.propose, days.decide)
    )


def test_it_counts_back_over_holidays():
    assert workdays_before(dt.date(2026, 10, 8), 1) == dt.date(2026, 9, 30)
