"""Over the whole invented county: every planted case is found, nothing else, and nothing twice."""

import datetime as dt
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.datacenter.signals.library import refresh_library
from minzheng.datacenter.signals.models import Alert, AlertState, GroupCount, LibraryEntry, RunState
from minzheng.datacenter.signals.run import run_signals
from minzheng.datacenter.signals.sweep import by_group, coverage_of, open_sweep
from minzheng.datacenter.signals.tests.conftest import MONTH, TODAY
from minzheng.datacenter.signals.words import Signal, Unit
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.events.bus import emit
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


def as_user(username, today=TODAY):
    return Access(User.objects.get(username=username), today)


@pytest.mark.covers(
    "S-018", by="minzheng/datacenter/signals/library.py", screen="/desk/registers/low-income/"
)
@pytest.mark.covers(
    "S-053", by="minzheng/datacenter/signals/library.py", screen="/desk/registers/low-income/"
)
def test_it_keeps_the_library_in_layers_with_labels_and_scores_and_no_row_twice(planted, ran, region):
    refresh_library(MONTH, region, TODAY)
    before = set(LibraryEntry.objects.values_list("pk", "layer", "score"))
    layers = Counter(LibraryEntry.objects.values_list("layer", flat=True))
    receiving = Entitlement.objects.filter(benefit="dibao", state="active").count()
    assert layers["dibao"] == receiving and layers["edge"] > 0 and layers["watched"] > 0
    medical = LibraryEntry.objects.filter(household__in=planted["medical"]["households"])
    assert medical.count() == len(planted["medical"]["households"])
    assert all(entry.score >= 20 and entry.reasons[0]["signal"] == "medical" for entry in medical)
    refresh_library(MONTH, region, TODAY)
    assert set(LibraryEntry.objects.values_list("pk", "layer", "score")) == before


@pytest.mark.covers("S-049", by="minzheng/datacenter/signals/groups.py", screen="/desk/signals/groups/")
def test_it_counts_the_nine_groups_beside_their_standards(planted, ran, region, client):
    refresh_library(MONTH, region, TODAY)
    rural = Entitlement.objects.filter(benefit="dibao", state="active", household__category="rural")
    assert (
        sum(GroupCount.objects.filter(group="dibao_rural").values_list("households", flat=True))
        == rural.count()
    )
    client.force_login(User.objects.get(username="reviewer"))
    page = client.get("/desk/signals/groups/").content.decode()
    assert "九类困难群众" in page and "农村低保标准" in page and f">{rural.count()}<" in page


@pytest.mark.covers("S-057", by="minzheng/datacenter/signals/sweep.py", screen="/desk/signals/sweeps/")
def test_it_sweeps_the_chosen_groups_and_reports_how_far_it_is(planted, region, client):
    given = {"title": "入冬摸排", "groups": ["dibao", "severe"], "since": TODAY - dt.timedelta(days=30)}
    sweep = open_sweep(as_user("reviewer"), region, **given, until=TODAY + dt.timedelta(days=30))
    targets = list(sweep.targets.all())
    unvisited = [target for target in targets if target.visited_on is None]
    assert 0 < len(unvisited) < len(targets), "some lone elders were visited lately"
    tasks = Task.objects.filter(kind="signals.sweep")
    assert {task.origin for task in tasks} == {target.task_origin for target in unvisited}
    task = tasks.first()
    answer_done(task, "no_need")
    coverage = by_group(coverage_of(sweep, ["431227"], 9))
    assert coverage["dibao"].all == sum("dibao" in target.groups for target in targets)
    visited = sum("dibao" in t.groups for t in sweep.targets.exclude(visited_on=None))
    assert coverage["dibao"].visited == visited
    client.force_login(User.objects.get(username="reviewer"))
    assert "入冬摸排" in client.get(f"/desk/signals/sweeps/{sweep.pk}/").content.decode()
    client.force_login(User.objects.get(username="outsider"))
    assert client.get(f"/desk/signals/sweeps/{sweep.pk}/").status_code == 404


def answer_done(task, outcome):
    emit("task.done", task=task.pk, kind=task.kind, origin=task.origin, outcome=outcome, record={}, reason="")


def test_a_township_clerk_cannot_start_a_sweep_and_the_groups_must_be_chosen(planted, region):
    given = {"title": "摸排", "since": TODAY, "until": TODAY}
    with pytest.raises(PermissionDenied):
        open_sweep(as_user("clerk"), region, groups=["dibao"], **given)
    with pytest.raises(Refused, match="请选择要摸排的人群"):
        open_sweep(as_user("reviewer"), region, groups=[], **given)
    with pytest.raises(Refused, match="没有人属于"):
        open_sweep(as_user("reviewer"), region, groups=["disaster"], **given)


@pytest.mark.covers("S-054", by="minzheng/datacenter/signals/run.py", screen="/desk/signals/")
def test_it_shows_each_signal_what_it_tests_and_how_often_it_was_right(planted, ran, client):
    alert = Alert.objects.filter(signal="medical").first()
    for other, outcome in zip(
        Alert.objects.filter(signal="medical")[1:4], ("fixed", "no_need", "case"), strict=True
    ):
        answer_done(Task.objects.get(origin=other.task_origin), outcome)
    client.force_login(User.objects.get(username="reviewer"))
    page = client.get("/desk/signals/").content.decode()
    assert "自付医疗费过重" in page and "2（66%）" in page
    detail = client.get("/desk/signals/medical/").content.decode()
    assert "20000.00元/年" in detail and "待当地确认" in detail and "国办发〔2023〕39号" in detail
    row = f"/desk/registers/alerts/rows/{alert.pk}"
    trace = client.get(row).content.decode()
    assert "家庭近12个月自付医疗费" in trace and "预警：自付医疗费过重" in trace
    client.force_login(User.objects.get(username="outsider"))
    assert client.get(row).status_code == 404
    assert "自付医疗费过重" in client.get("/desk/signals/").content.decode()
    assert "66%" not in client.get("/desk/signals/").content.decode()


def test_the_list_of_low_income_people_filters_by_label_and_masks_numbers(planted, ran, region, client):
    refresh_library(MONTH, region, TODAY)
    client.force_login(User.objects.get(username="reviewer"))
    page = client.get("/desk/registers/low-income/?labels=severe&layer=dibao").content.decode()
    assert "重度残疾人" in page
    entry = LibraryEntry.objects.filter(labels__contains=["severe"], layer="dibao").first()
    detail = client.get(f"/desk/registers/low-income/rows/{entry.pk}").content.decode()
    assert entry.household.head.id_no not in detail and "********" in detail
