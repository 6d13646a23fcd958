"""One signal over one small county: what is raised, withdrawn, kept quiet, and what is said aloud when it breaks."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pytest

from minzheng.datacenter.signals import run as running
from minzheng.datacenter.signals.cli import run as command
from minzheng.datacenter.signals.models import Alert, AlertState, Outcome, RunState, SignalRun
from minzheng.datacenter.signals.run import run_signals
from minzheng.datacenter.signals.words import Signal, Unit
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person
from minzheng.foundation.registry.words import Shelf, shelf
from minzheng.foundation.tasks.models import State, Task

MONTH, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
NOVEMBER = dt.date(2026, 11, 1)
LOSING_WORK = Signal(
    code="unemployment",
    title="失业停保",
    cite="国办发〔2023〕39号",
    unit=Unit.PERSON,
    test="signal_unemployment",
    needs=("unemployment_registered",),
    task="signals.visit",
    look_for="请了解家庭收入和求职情况。",
)


@pytest.fixture
def one_signal(monkeypatch):
    """Only this signal is declared, so that each test says one thing; `one_signal(changed)` puts another in its place."""

    def declare(*signals):
        shelf = Shelf(Signal)
        for signal in signals:
            shelf.add(signal, "test")
        monkeypatch.setattr(running, "shelf", lambda word: shelf)

    declare(LOSING_WORK)
    return declare


@pytest.fixture
def person(cast):
    found = Person.objects.create(name="测试人", sex="1", birth_date="1985-05-01", region_id=VILLAGE)
    home = Household.objects.create(
        region_id=VILLAGE, category="rural", head=found, since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=home, person=found, relation="户主", since=dt.date(2020, 1, 1))
    return found


def say(person, since=dt.date(2026, 10, 20), **values):
    FactSheet.objects.create(person=person, values=values, source="政务数据共享", since=since)


def lost_work(person, stopped="2026-05-01", since=dt.date(2026, 10, 20)):
    say(person, since, unemployment_registered=True, insurance_stopped_on=stopped)


def run(regions, month=MONTH, today=TODAY):
    (found,) = run_signals(month, regions[COUNTY], today)
    return found


def answer(alert, outcome, reason=""):
    task = Task.objects.get(origin=alert.task_origin)
    emit(
        "task.done",
        task=task.pk,
        kind=task.kind,
        origin=task.origin,
        outcome=outcome,
        record={},
        reason=reason,
    )
    alert.refresh_from_db()


def test_it_raises_an_alert_and_sends_the_village_by_the_day(one_signal, person, regions):
    lost_work(person)
    found = run(regions)
    alert, task = Alert.objects.get(), Task.objects.get()
    assert (found.state, found.hits, found.raised, found.undetermined) == ("ok", 1, 1, 0)
    assert (alert.person_id, alert.region_id, alert.due_on) == (person.pk, VILLAGE, dt.date(2026, 11, 16))
    assert (task.origin, task.office_id, task.due_on) == (alert.task_origin, VILLAGE, alert.due_on)


@pytest.mark.parametrize(("stopped", "raised"), [("2026-07-31", 1), ("2026-08-01", 0)])
def test_it_alerts_from_the_third_month_on(one_signal, person, regions, stopped, raised):
    lost_work(person, stopped)
    assert run(regions).raised == raised


def test_an_unknown_fact_raises_nothing_and_is_counted(one_signal, person, regions):
    say(person, unemployment_registered=True)
    for _ in range(9):  # so that the one is no large share
        other = Person.objects.create(name="旁人", birth_date="1985-05-01", region_id=VILLAGE)
        home = Household.objects.create(
            region_id=VILLAGE, category="rural", head=other, since=dt.date(2020, 1, 1)
        )
        Membership.objects.create(household=home, person=other, relation="户主", since=dt.date(2020, 1, 1))
    found = run(regions)
    assert (found.state, found.looked, found.undetermined, found.raised) == ("ok", 10, 1, 0)


def test_what_no_longer_holds_is_withdrawn_with_its_visit(one_signal, person, regions):
    lost_work(person)
    run(regions)
    say(person, dt.date(2026, 10, 25), unemployment_registered=False)
    assert run(regions).withdrawn == 1
    assert Alert.objects.get().state == AlertState.WITHDRAWN
    assert Task.objects.get().state == State.WITHDRAWN


def test_it_comes_back_when_it_is_true_again_in_the_same_month(one_signal, person, regions):
    lost_work(person)
    run(regions)
    say(person, dt.date(2026, 10, 25), unemployment_registered=False)
    run(regions)
    lost_work(person, since=dt.date(2026, 10, 28))
    assert run(regions).raised == 2, "two in all this month"
    assert list(Alert.objects.order_by("pk").values_list("state", "round")) == [("withdrawn", 1), ("open", 2)]
    assert Task.objects.filter(state=State.OPEN).count() == 1


def test_the_visit_answers_the_alert(one_signal, person, regions):
    lost_work(person)
    run(regions)
    alert = Alert.objects.get()
    answer(alert, Outcome.CONFERENCE, "县里开一次协调会")
    assert (alert.state, alert.outcome, alert.note) == ("done", "conference", "县里开一次协调会")


def test_a_task_settled_at_the_desk_is_no_visit(one_signal, person, regions):
    lost_work(person)
    run(regions)
    alert = Alert.objects.get()
    answer(alert, "", "电话核实")
    assert (alert.state, alert.outcome) == ("done", Outcome.DESK)


def test_the_same_reason_is_not_raised_again_for_six_months_but_a_new_one_is(one_signal, person, regions):
    lost_work(person)
    run(regions)
    answer(Alert.objects.get(), Outcome.NO_NEED)
    again = run(regions, NOVEMBER, dt.date(2026, 11, 30))
    assert (again.raised, again.quiet) == (0, 1)
    lost_work(person, "2026-06-01", since=dt.date(2026, 11, 20))
    changed = run(regions, NOVEMBER, dt.date(2026, 11, 30))
    assert (changed.raised, changed.quiet) == (1, 0)


@pytest.mark.parametrize(("today", "raised"), [("2027-05-31", 0), ("2027-06-01", 1)])
def test_the_quiet_ends_after_six_months(one_signal, person, regions, today, raised):
    today = dt.date.fromisoformat(today)
    lost_work(person)
    run(regions)
    answer(Alert.objects.get(), Outcome.NO_NEED)
    Alert.objects.update(closed_on=dt.date(2026, 11, 1))
    lost_work(person, since=today.replace(day=1))  # the data are fresh, and say the same
    assert run(regions, today.replace(day=1), today).raised == raised


def test_it_never_runs_backwards(one_signal, person, regions):
    lost_work(person)
    run(regions, NOVEMBER, dt.date(2026, 11, 30))
    with pytest.raises(Refused, match="更晚月份"):
        run(regions)


def broken(regions, text, **more):
    found = run(regions, **more)
    assert found.state == RunState.BROKEN and text in found.trouble, found.trouble
    task = Task.objects.get(kind="signals.broken", state=State.OPEN)
    assert task.office_id == COUNTY and text[:20] in task.reason
    return found


def test_a_source_that_never_delivered_is_loud(one_signal, person, regions):
    broken(regions, "从未送来“登记失业”")


@pytest.mark.parametrize(("since", "state"), [("2026-07-23", "ok"), ("2026-07-22", "broken")])
def test_data_older_than_a_hundred_days_are_stale(one_signal, person, regions, since, state):
    lost_work(person, since=dt.date.fromisoformat(since))
    assert run(regions).state == state


def test_stale_data_neither_raise_nor_withdraw(one_signal, person, regions):
    lost_work(person)
    run(regions)
    FactSheet.objects.update(since=dt.date(2026, 1, 1))
    found = run(regions)
    assert (found.state, found.withdrawn) == ("broken", 0)
    assert Alert.objects.get().state == AlertState.OPEN


def test_a_standard_that_nobody_set_for_the_county_is_loud(one_signal, person, regions, settings):
    settings.STANDARDS_SET = "national"  # the provinces set the dibao standard, and none is loaded here
    one_signal(shelf(Signal).get("medical"))
    say(person, self_paid_medical=100)
    broken(regions, "新晃侗族自治县没有这些标准：农村低保标准")


def test_a_failing_rule_is_loud_and_the_others_go_on(one_signal, person, regions):
    lost_work(person)
    wrong = dataclasses.replace(LOSING_WORK, code="medical", title="写错的预警", test="signal_nobody_wrote")
    one_signal(LOSING_WORK, wrong)
    good, bad = run_signals(MONTH, regions[COUNTY], TODAY)
    assert (good.state, good.raised) == ("ok", 1)
    assert bad.state == "broken" and "signal_nobody_wrote" in bad.trouble


def test_nearly_everything_undetermined_is_loud(one_signal, person, regions):
    say(person, unemployment_registered=True)
    assert broken(regions, "因缺少事实而未定").undetermined == 1


@pytest.mark.parametrize(("usual", "state"), [(20, "broken"), (19, "ok")])
def test_nothing_where_there_were_many_is_loud(one_signal, person, regions, usual, state):
    lost_work(person, "2026-10-01")
    SignalRun.objects.create(
        signal="unemployment", region=regions[COUNTY], month=dt.date(2026, 9, 1), state="ok", hits=usual
    )
    assert run(regions).state == state


def test_a_signal_that_is_sound_again_calls_the_county_off(one_signal, person, regions):
    broken(regions, "从未送来")
    lost_work(person)
    assert run(regions).state == RunState.OK
    assert Task.objects.get(kind="signals.broken").state == State.WITHDRAWN


def test_the_command_says_what_is_broken_and_ends_with_one(one_signal, person, regions, capsys):
    given = SimpleNamespace(month="2026-10", region="431227")
    assert command(given) == 1
    assert "预警失灵　失业停保" in capsys.readouterr().err
    lost_work(person)
    assert command(given) == 0
    assert "新开 1" in capsys.readouterr().out
    assert command(SimpleNamespace(month="10月", region="")) == 2


def test_it_is_whole_or_untouched_when_killed_between_alert_and_task(
    one_signal, person, regions, monkeypatch
):
    lost_work(person)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken_off:
        broken_off.setattr(running, "open_visits", killed)
        with pytest.raises(KeyboardInterrupt):
            run(regions)
    assert not Alert.objects.exists() and not SignalRun.objects.exists()
    assert run(regions).raised == 1
    assert Task.objects.count() == 1
