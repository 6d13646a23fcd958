"""Opening tasks: once each, in bulk, for the right office and by the right day."""

import datetime as dt
import threading

import pytest
from django.db import connection

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.events.models import Event
from minzheng.foundation.tasks.models import State, Task
from minzheng.foundation.tasks.opening import open_tasks, withdraw_tasks
from minzheng.foundation.tasks.tests.conftest import ON, draft


def test_it_opens_each_origin_once(task, family):
    first = task()
    assert open_tasks("club.visit", [draft("club:1"), draft("club:2"), draft("club:2")], ON).count == 1
    assert Task.objects.count() == 2
    first.refresh_from_db()
    assert (first.state, first.household) == (State.OPEN, family)


def test_it_tells_the_lines_and_the_audit_trail_in_the_same_breath(task, cast):
    made = task(person=cast["xiuying"].person_id)
    assert Event.objects.get(kind="task.opened").payload == {"kind": "club.visit", "tasks": [made.pk]}
    entry = AuditEntry.objects.get(action="task.open")
    assert entry.persons == [cast["xiuying"].person_id] and entry.region == "431227000000"


def test_it_is_due_after_the_days_of_the_standard_and_warns_when_four_fifths_are_gone(task):
    made = task()
    assert (made.warn_on, made.due_on) == (dt.date(2026, 11, 4), dt.date(2026, 11, 5))
    longer = task("club:10", within_days=10)
    assert (longer.warn_on, longer.due_on) == (dt.date(2026, 11, 10), dt.date(2026, 11, 12))
    words = [longer.lamp(ON + dt.timedelta(days=days)).value for days in (7, 8, 10, 11)]
    assert words == ["green", "amber", "amber", "red"]


def test_it_belongs_to_the_office_of_the_kinds_level(task):
    assert task().office_id == "431227107203"
    assert task("club:2", kind="club.checked").office_id == "431227107000"
    assert task("club:3", region="431227107000").office_id == "431227107000"  # no village known


def test_it_refuses_a_place_that_is_not_known(regions):
    with pytest.raises(Refused, match="没有代码为 999999999999 的区划"):
        open_tasks("club.visit", [draft(region="999999999999")], ON)
    with pytest.raises(LookupError):
        open_tasks("club.none", [draft()], ON)


def test_it_withdraws_what_is_no_longer_true_and_leaves_what_is_done(task):
    gone, done = task("club:1"), task("club:2")
    Task.objects.filter(pk=done.pk).update(state=State.DONE)
    assert withdraw_tasks(["club:1", "club:2", "club:none"], "本人已来过") == 1
    gone.refresh_from_db(), done.refresh_from_db()
    assert (gone.state, gone.note, done.state) == (State.WITHDRAWN, "本人已来过", State.DONE)
    assert Event.objects.get(kind="task.withdrawn").payload["tasks"] == [gone.pk]
    assert withdraw_tasks(["club:1"], "再来一次") == 0


def test_what_was_called_back_can_be_sent_again_and_what_was_withdrawn_for_good_cannot(task):
    first = task("club:1")
    assert withdraw_tasks(["club:1"], "已迁走", for_good=False) == 1
    assert withdraw_tasks(["club:1"], "已迁走", for_good=False) == 0
    assert open_tasks("club.visit", [draft("club:1")], ON).count == 1
    assert open_tasks("club.visit", [draft("club:1")], ON).count == 0
    first.refresh_from_db()
    assert (first.state, first.origin) == (State.WITHDRAWN, f"club:1~{first.pk}")
    assert withdraw_tasks(["club:1"], "已去世") == 1
    assert open_tasks("club.visit", [draft("club:1")], ON).count == 0


@pytest.mark.django_db(transaction=True)
def test_eight_runs_at_once_open_each_task_once(regions):
    drafts = [draft(f"club:{number}") for number in range(300)]
    start, counts = threading.Barrier(8), []

    def run(turn):
        start.wait()
        try:
            # Each begins elsewhere: opened in the order given, they would lock each other crosswise.
            counts.append(open_tasks("club.visit", drafts[turn * 30 :] + drafts[: turn * 30], ON).count)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(counts) == Task.objects.count() == 300
    told = [key for event in Event.objects.filter(kind="task.opened") for key in event.payload["tasks"]]
    assert len(told) == len(set(told)) == 300
