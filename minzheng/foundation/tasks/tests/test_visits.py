"""Recording a visit: what closes a task, what keeps it open, what is sent twice or too late."""

import datetime as dt
import io
import threading
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.events.models import Event
from minzheng.foundation.tasks.actions import (
    close_task,
    confirm_task,
    extend_task,
    hand_over_task,
    return_task,
    send_back_task,
    take_task,
)
from minzheng.foundation.tasks.lists import to_confirm, to_do
from minzheng.foundation.tasks.models import State, TaskVisit
from minzheng.foundation.tasks.tests.conftest import ON
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

HERE = Position(27.3612, 109.1745, 12.0)
INDOORS = Position(missing="没有信号")


def visit(outcome="fine", **more):
    return VisitDraft(outcome, **{"answers": {"well": "yes"}, "position": HERE, **more})


def photo(user):
    picture = io.BytesIO()
    Image.new("RGB", (64, 48)).save(picture, "JPEG")
    upload = SimpleUploadedFile("现场.jpg", picture.getvalue())
    return store_document(upload, kind="photo", user=user).pk


def test_it_closes_the_task_and_tells_who_opened_it(task, access, family):
    made = task()
    kept = record_visit(access("helper", ON), made, visit(note="地里干活，气色好"))
    assert (made.state, made.outcome, made.record) == (State.DONE, "fine", {"well": True})
    assert kept.counted and kept.accuracy == 12.0
    told = Event.objects.get(kind="task.done").payload
    assert (told["origin"], told["outcome"], told["record"]) == ("club:1", "fine", {"well": True})
    assert AuditEntry.objects.get(action="task.visit").persons == [family.head_id]


def test_an_unanswered_door_keeps_the_task_open_and_is_counted(task, access):
    made = task()
    for times in (1, 2):
        nobody = visit("not_reached", answers={}, position=INDOORS)
        record_visit(access("helper", ON), made, nobody)
        assert (made.state, made.contacts) == (State.TAKEN, times)
        assert Event.objects.filter(kind="task.contacted").latest("id").payload["contacts"] == times
    record_visit(access("helper", ON), made, visit("later"))
    assert made.contacts == 2  # somebody was there
    assert not Event.objects.filter(kind="task.done").exists()


def test_it_says_at_once_all_that_must_be_mended(task, access):
    with pytest.raises(Refused) as refused:
        record_visit(access("clerk", ON), task(kind="club.checked"), VisitDraft("right"))
    assert set(refused.value.message_dict) == {"photos", "no_position"}
    with pytest.raises(Refused, match="请选择走访结果"):
        record_visit(access("helper", ON), task("club:2"), visit("made_up"))
    with pytest.raises(Refused) as refused:
        record_visit(access("helper", ON), task("club:2"), visit(answers={}))
    assert set(refused.value.message_dict) == {"well"}
    assert not TaskVisit.objects.exists()


def test_it_takes_only_the_visitors_own_photos(task, access, cast):
    theirs = photo(cast["clerk2"])
    with pytest.raises(Refused, match="请拍一张现场照片"):
        record_visit(
            access("clerk", ON),
            task(kind="club.checked"),
            VisitDraft("right", photos=[theirs], position=HERE),
        )


def test_the_same_visit_sent_twice_is_one(task, access):
    made, sent = task(), visit(key=uuid.uuid4())
    first = record_visit(access("helper", ON), made, sent)
    assert record_visit(access("helper", ON), made, sent) == first
    assert TaskVisit.objects.count() == Event.objects.filter(kind="task.done").count() == 1
    with pytest.raises(Refused, match="编号已被使用"):
        record_visit(access("clerk", ON), made, sent)


def test_what_comes_after_somebody_else_closed_it_is_kept_and_changes_nothing(task, access):
    made = task()
    record_visit(access("clerk", ON), made, visit("needs_help"))
    late = record_visit(
        access("helper", ON), made, visit("fine", made_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    )
    assert not late.counted and made.outcome == "needs_help"
    assert made.visits.count() == 2 and Event.objects.filter(kind="task.done").count() == 1


def test_a_phone_whose_clock_runs_ahead_cannot_visit_tomorrow(task, access):
    kept = record_visit(access("helper", ON), task(), visit(made_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC)))
    assert kept.made_at.year < 2099


def test_nobody_visits_the_own_family(task, access, cast, family):
    made = task(person=cast["helper"].person_id)
    with pytest.raises(Refused, match="应当回避"):
        record_visit(access("helper", ON), made, visit())


def test_a_second_person_confirms_where_the_kind_asks_for_it(task, access, cast):
    made = task(kind="club.checked")
    right = VisitDraft("right", photos=[photo(cast["clerk"])], position=HERE)
    record_visit(access("clerk", ON), made, right)
    assert made.state == State.REPORTED and not Event.objects.filter(kind="task.done").exists()
    assert made not in to_confirm(access("clerk", ON)) and made in to_confirm(access("township", ON))
    with pytest.raises(Refused, match="不能是同一个人"):
        confirm_task(access("clerk", ON), made)
    send_back_task(access("township", ON), made, reason="照片看不清")
    assert made.is_to_do and made.outcome == ""
    record_visit(access("clerk", ON), made, VisitDraft("wrong", photos=right.photos, position=HERE))
    confirm_task(access("township", ON), made)
    assert made.state == State.DONE and Event.objects.get(kind="task.done").payload["outcome"] == "wrong"


def test_it_is_taken_by_one_and_handed_over_to_a_colleague(task, access, cast):
    made = task()
    take_task(access("helper", ON), made)
    with pytest.raises(Refused, match="已由吴小芳领取"):
        take_task(access("clerk", ON), made)
    hand_over_task(access("clerk", ON), made, to="龙建军", reason="本人请假")
    assert made.holder == cast["clerk"]
    assert made not in to_do(access("helper", ON)) and made in to_do(access("clerk", ON))
    with pytest.raises(Refused, match=r"可以转交：.*吴小芳"):
        hand_over_task(access("clerk", ON), made, to="石磊")
    return_task(access("clerk", ON), made, reason="已回村")
    assert made.holder is None and made in to_do(access("helper", ON))


def test_it_is_extended_and_closed_only_with_a_reason(task, access):
    made = task()
    with pytest.raises(Refused, match="理由"):
        extend_task(access("clerk", ON), made, days=2, reason=" ")
    extend_task(access("clerk", ON), made, days=2, reason="连日大雨封路")
    assert made.due_on == dt.date(2026, 11, 7)
    close_task(access("clerk", ON), made, reason="已电话核实")
    told = Event.objects.get(kind="task.done").payload
    assert (told["outcome"], told["reason"]) == ("", "已电话核实")
    with pytest.raises(Refused, match="已办结"):
        close_task(access("clerk", ON), made, reason="再来一次")


@pytest.mark.django_db(transaction=True)
def test_the_queue_of_a_phone_that_sends_at_once_from_eight_sides_records_once(task, access):
    made, sent, start = task(), visit(key=uuid.uuid4()), threading.Barrier(8)
    right = access("helper", ON)
    errors = []

    def send(_):
        start.wait()
        try:
            record_visit(right, type(made).objects.get(pk=made.pk), sent)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(turn,)) for turn in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == [] and TaskVisit.objects.count() == 1
    assert Event.objects.filter(kind="task.done").count() == 1
