"""Kill the worker, kill PostgreSQL, press every button fifty times: nobody is paid twice, nobody is lost.

The short version runs with all tests; `make faults` (tests/faults/__main__.py) sets the environment below and gives
PostgreSQL a cluster of its own. A month is struck several times on its way; a seed replays the same strikes.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.tests.making import month
from minzheng.foundation.certificates.seals import ROOT_FILE, seals
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.models import Batch, ReturnFile
from minzheng.foundation.payments.tests.test_parallel import at_once
from minzheng.foundation.payments.tests.test_scale import enrol
from tests.counterparts.bank import PUT, Bank
from tests.faults.cluster import Cluster
from tests.faults.month import FolderBank, Month, assert_whole, brought_by_hand
from tests.faults.points import choose, in_a_worker, kill_worker, points_of

pytestmark = pytest.mark.django_db(transaction=True)
SEED = int(os.environ.get("FAULTS_SEED", "1"))
POINTS = int(os.environ.get("FAULTS_POINTS", "5"))
LINES = int(os.environ.get("FAULTS_LINES", "20"))
DATABASE_KILLS = int(os.environ.get("FAULTS_DATABASE_KILLS", "0"))
REQUESTS = int(os.environ.get("FAULTS_REQUESTS", "50"))
STRIKES_A_MONTH = int(os.environ.get("FAULTS_STRIKES_A_MONTH", "3"))
CLUSTER = os.environ.get("FAULTS_CLUSTER", "")
FIRST = dt.date(2001, 1, 1)
KEY = "约定的密钥"
MANNERS = [manner for manner in PUT if manner != "late"]  # being late is hanging up, only slower


@pytest.fixture
def bank(office, settings):
    """Over HTTP and as a folder, with one account in ten that fails the first time each month."""
    settings.PAYMENT_BANK_KEY, settings.PAYMENT_BANK_TIMEOUT = KEY, 20.0
    Path(settings.PAYMENT_OUTBOX).mkdir(parents=True, exist_ok=True)
    office.fund(10**15)
    enrol(LINES, FIRST)
    with Bank(KEY, roots=seals() / ROOT_FILE) as bank, FolderBank(bank):
        settings.PAYMENT_BANK_URL = bank.url
        yield bank


def months(office, bank):
    """One month after the other, over HTTP and through the folder in turn; the bank takes most files unkindly."""
    chance = Random(SEED)
    for number in range(10_000):
        bank.fails_once = {f"62309{account}": "04" for account in range(1, LINES + 1, 10)}
        bank.once = {"put": chance.choice(["", *MANNERS])} if number else {}
        yield Month(office, bank, f"{add_months(FIRST, number):%Y-%m}", folder=number % 2 == 1)


def test_it_finishes_the_month_wherever_the_worker_or_the_database_is_killed(office, bank):
    chance, calendar = Random(SEED), months(office, bank)
    points = {}
    for _ in range(4):  # the last two months are measured: the first also settles what came before it
        whole = next(calendar)
        points[whole.folder] = points_of(whole.work)
        assert_whole(bank, whole.text, LINES)
    cluster = Cluster(Path(CLUSTER)) if CLUSTER else None
    strikes = ["worker"] * POINTS + ["database"] * (DATABASE_KILLS if cluster else 0)
    chance.shuffle(strikes)
    slowest, months_run = 0.0, 0
    while strikes:
        now, months_run = next(calendar), months_run + 1
        # A worker that takes the month up is struck again on its way, until it comes through.
        while strikes:
            strike = strikes[-1]
            at = choose(points[now.folder], chance, STRIKES_A_MONTH)
            start = time.monotonic()
            finished = in_a_worker(now.work, at, kill_worker if strike == "worker" else cluster.kill)
            if strike == "database" and not cluster.runs():
                cluster.start()
            elif finished:
                break  # with a bank of bad manners a month may have fewer points than the measured one
            strikes.pop()
            slowest = max(slowest, time.monotonic() - start)
            print(f"{now.text} {now.channel} {strike} {at}", flush=True)
        start = time.monotonic()
        now.work()
        slowest = max(slowest, time.monotonic() - start)
        assert_whole(bank, now.text, LINES)
    print(
        f"seed {SEED}: worker killed {POINTS}, PostgreSQL {DATABASE_KILLS if cluster else 0} times in {months_run} months"
        f" of {LINES} lines"
    )
    over_http, by_folder = len(points[False]), len(points[True])
    print(f"{over_http} points a month over HTTP, {by_folder} by folder; slowest recovery {slowest:.1f} s")
    # Every month is struck: otherwise the strikes would all hit the same few.
    assert months_run <= POINTS + DATABASE_KILLS


def test_it_does_once_what_is_asked_fifty_times_at_once(office, bank):
    whole = next(months(office, bank))
    whole.work()  # the first month settles what came before
    text = f"{add_months(FIRST, 1):%Y-%m}"
    batch = office.make(text)
    expected = {"expected_fen": batch.payable_fen, "expected_count": batch.payable_count}
    assert set(at_once(REQUESTS, lambda _: actions.freeze(office.maker, batch, **expected))) == {None}
    actions.check(office.checker, batch)
    assert set(at_once(REQUESTS, lambda _: actions.send(office.maker, batch))) == {None}
    content = brought_by_hand(batch.number) if whole.channel.startswith("folder") else _answer(bank, batch)
    answers = at_once(
        REQUESTS, lambda _: actions.import_return(office.maker, batch, name="回盘.txt", content=content)
    )
    assert set(answers) == {None}
    assert ReturnFile.objects.filter(batch=batch).count() == 1
    assert Batch.objects.filter(month=month(text)).count() == 1
    actions.close(office.maker, batch)
    assert_whole(bank, text, LINES)
    connection.close()


def _answer(bank, batch):
    (key,) = [key for key in bank.files if key.startswith(f"{batch.number}.")]
    return bank.return_file(key)
