"""Over the whole invented county: every planted case is found, nothing else, and nothing twice."""

import datetime as dt

import pytest

from minzheng.datacenter.signals.models import Alert, AlertState, RunState
from minzheng.datacenter.signals.run import run_signals
from minzheng.datacenter.signals.tests.conftest import MONTH, TODAY
from minzheng.datacenter.signals.words import Signal, Unit
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Household
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task


def found(code):
    signal = shelf(Signal).get(code)
    field = "household_id" if signal.unit is Unit.HOUSEHOLD else "person_id"
    return set(Alert.objects.filter(signal=code, state=AlertState.OPEN).values_list(field, flat=True))


@pytest.fixture
def ran(planted, region):
    return run_signals(MONTH, region, TODAY)


def test_it_finds_all_planted_trouble_and_raises_no_false_alarm(planted, ran):
    for signal in shelf(Signal):
        if signal.code in planted:
            truth = set(planted[signal.code]["households" if signal.unit is Unit.HOUSEHOLD else "people"])
            assert found(signal.code) == truth, signal.code
            assert truth
    assert {run.state for run in ran} == {RunState.OK}, [run.trouble for run in ran]


def test_it_sends_one_visit_for_each_alert_and_none_twice(planted, ran, region):
    alerts = {alert.task_origin: alert for alert in Alert.objects.all()}
    tasks = {task.origin: task for task in Task.objects.filter(origin__startswith="signal:")}
    assert set(alerts) == set(tasks)
    assert all(task.due_on == alerts[origin].due_on for origin, task in tasks.items())
    again = run_signals(MONTH, region, TODAY + dt.timedelta(days=1))
    assert Task.objects.filter(origin__startswith="signal:").count() == len(tasks)
    assert Alert.objects.count() == len(alerts)
    assert sum(run.kept for run in again) == len(alerts)


def test_it_keeps_names_and_numbers_out_of_alerts_tasks_and_audit(planted, ran):
    kept = str(list(Alert.objects.values_list("detail", "note")))
    kept += str(list(Task.objects.values_list("title", "reason", "detail")))
    kept += str(list(AuditEntry.objects.filter(action="signals.run").values_list("detail", flat=True)))
    for household in Household.objects.filter(alerts__isnull=False).select_related("head")[:40]:
        assert household.head.name not in kept and household.head.id_no not in kept
