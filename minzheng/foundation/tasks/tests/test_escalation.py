"""What nobody does in time is reported upwards, once a level; and who sees what."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from minzheng.cli import main
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.events.models import Event
from minzheng.foundation.tasks.actions import close_task, extend_task, take_task
from minzheng.foundation.tasks.escalation import escalate_due
from minzheng.foundation.tasks.lists import find_task, to_do, watched
from minzheng.foundation.tasks.models import Escalated, Task
from minzheng.foundation.tasks.opening import open_tasks
from minzheng.foundation.tasks.tests.conftest import ON, draft

DUE = dt.date(2026, 11, 5)
DAY = dt.timedelta(days=1)


def test_a_villages_task_goes_to_the_township_the_day_after_and_later_to_the_county(task):
    made = task()
    reported = {}
    for days in range(-1, 6):
        escalate_due(DUE + DAY * days)
        made.refresh_from_db()
        reported[days] = made.escalated_to
    no, township, county = Escalated
    assert reported == {-1: no, 0: no, 1: township, 2: township, 3: township, 4: county, 5: county}
    told = Event.objects.filter(kind="task.escalated").order_by("id")
    assert [event.payload["to"] for event in told] == ["township", "county"]
    assert AuditEntry.objects.filter(action="task.escalate").count() == 2
    assert [str(change.escalated_to) for change in made.events.order_by("pgh_id")] == ["", "township"]


def test_it_reports_nothing_twice_and_any_other_task_to_the_county_at_once(task):
    task(), task("club:2", kind="club.checked")
    assert escalate_due(DUE + DAY) == {"已报乡镇（街道）": 1, "已报县（市、区）": 1}
    assert escalate_due(DUE + DAY) == {}


def test_the_nightly_run_reports_them(task, capsys):
    task()
    assert main(["nightly", "--on", str(DUE + DAY)]) == 0
    assert "超期任务已报乡镇（街道）：1 项" in capsys.readouterr().out


def test_what_is_done_or_extended_is_not_reported(task, access):
    done, more = task("club:1"), task("club:2")
    close_task(access("clerk", ON), done, reason="已电话核实")
    escalate_due(DUE + DAY)
    more.refresh_from_db()
    assert more.escalated_to == Escalated.TOWNSHIP
    extend_task(access("clerk", DUE + DAY), more, days=5, reason="连日大雨封路")
    assert (more.escalated_to, more.due_on) == (Escalated.NO, DUE + DAY * 6)
    assert escalate_due(DUE + DAY * 2) == {}


def test_each_sees_the_own_work_and_the_township_what_its_villages_left_undone(task, access):
    village, township = task(), task("club:2", kind="club.checked")
    open_tasks("club.visit", [draft("club:3", region="431227101200")], ON)  # the next township's village
    elsewhere = Task.objects.get(origin="club:3")
    late = DUE + DAY

    assert set(to_do(access("helper", ON))) == {village}
    assert set(to_do(access("clerk", ON))) == {township}
    assert set(to_do(access("outsider", ON))) == set(to_do(access("xiuying", ON))) == set()
    escalate_due(late)
    assert set(to_do(access("clerk", late))) == {village, township}
    assert set(to_do(access("reviewer", late))) == {township}
    assert set(watched(access("clerk", late))) == {village, township}
    assert set(watched(access("reviewer", late))) == {village, township, elsewhere}
    assert set(watched(access("helper", late))) == set()


# own office, the office above it, the next township, the next county
SEES = {
    "helper": (True, False, False),
    "clerk": (True, True, False),
    "reviewer": (True, True, True),
    "auditor": (True, True, True),
    "outsider": (False, False, False),
}


@pytest.mark.parametrize("username", SEES)
def test_a_task_of_another_office_does_not_exist(task, access, username):
    open_tasks("club.visit", [draft("club:3", region="431227101200")], ON)
    made = task(), task("club:2", kind="club.checked"), Task.objects.get(origin="club:3")
    for one, may in zip(made, SEES[username], strict=True):
        if may:
            assert find_task(access(username), one.pk) == one
        else:
            with pytest.raises(Http404):
                find_task(access(username), one.pk)


def test_others_have_no_right_at_all(task, access):
    made = task()
    for username in ("finance", "province", "xiuying", "outsider"):
        with pytest.raises((PermissionDenied, Http404)):
            find_task(access(username), made.pk)
        with pytest.raises(PermissionDenied):
            take_task(access(username), made)
    with pytest.raises(PermissionDenied):
        close_task(access("helper"), made, reason="不想去了")


@pytest.mark.covers("S-054", by="minzheng/foundation/tasks/opening.py", screen="/desk/registers/tasks/")
def test_the_desk_lists_them_and_hands_many_over_at_once(task, client, cast):
    task("club:1"), task("club:2")
    client.force_login(cast["clerk"])
    text = client.get("/desk/registers/tasks/", {"overdue": "True", "kind": "club.visit"}).content.decode()
    assert "看望会员" in text and "石大爷" in text
    keys = list(Task.objects.values_list("pk", flat=True))
    asked = {"action": "hand_over", "keys": keys, "to": "吴小芳", "reason": "", "count": len(keys)}
    assert client.post("/desk/registers/tasks/bulk", asked).status_code == 302
    assert set(Task.objects.values_list("holder__display_name", flat=True)) == {"吴小芳"}
    client.force_login(cast["outsider"])
    assert "石大爷" not in client.get("/desk/registers/tasks/").content.decode()
    assert client.get(f"/desk/registers/tasks/rows/{keys[0]}").status_code == 404
