"""Reminders by text message: once each, whatever the operator does; nothing about anybody; nobody who wants none."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.foundation.booking.actions import book, remind
from minzheng.foundation.booking.models import Booking
from minzheng.foundation.booking.tests.test_booking import couple, open_registry, slot_on
from minzheng.foundation.reminders.actions import decline, want
from minzheng.foundation.reminders.jobs import send_due
from minzheng.foundation.reminders.models import Sms, State
from tests.counterparts.sms import Operator

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def operator(settings):
    with Operator() as made:
        settings.SMS_URL, settings.SMS_KEY, settings.SMS_TIMEOUT = made.url, made.key, 0.3
        settings.SMS_CHANNEL = "minzheng.foundation.reminders.channels.HttpChannel"
        yield made


@pytest.fixture
def booked(access, cast):
    """A couple is booked for a working day soon."""
    today = dt.date(2026, 2, 10)
    counter = open_registry(access("registrar", today))
    slot = slot_on(counter, today + 2 * DAY)
    return book(access("xiuying", today), Booking(slot=slot, phone="13912345678"), couple(cast))


def remind_now(booking):
    """The night before; then the message is due, whatever the clock of the machine says."""
    remind(booking.slot.day - DAY)
    later = timezone.now() + DAY
    Sms.objects.update(next_at=timezone.now(), give_up_at=later)


def due_again():
    Sms.objects.filter(ended_at=None).update(next_at=timezone.now())


def test_it_tells_day_hour_and_code_and_nothing_about_anybody(operator, booked, cast):
    remind_now(booked)
    assert send_due() == 1
    [message] = operator.sent.values()
    assert booked.code in message["text"] and "2月12日09:00" in message["text"]
    me = cast["xiuying"].person
    for secret in (me.name, "龙大山", me.id_no, "结婚", "离婚", "登记处"):
        assert secret not in message["text"]
    sms = Sms.objects.get()
    assert (sms.state, sms.next_at) == (State.SENT, None)
    assert remind(booked.slot.day - DAY) == 0 and send_due() == 0


@pytest.mark.parametrize("first", ["sends_and_hangs_up", "sends_late"])
def test_a_phone_rings_once_though_the_answer_was_lost_or_late(operator, booked, first):
    operator.plan = [first, "sends"]
    remind_now(booked)
    send_due()
    assert Sms.objects.get().state == State.UNKNOWN
    due_again()
    send_due()
    assert Sms.objects.get().state == State.SENT
    assert (operator.rings, operator.enquiries) == (["13912345678"], 1)


def test_what_the_operator_has_never_heard_of_is_sent_again(operator, booked):
    operator.plan = ["hangs_up", "503", "500", "sends"]
    remind_now(booked)
    for _ in range(4):
        due_again()
        send_due()
    assert Sms.objects.get().state == State.SENT
    assert len(operator.rings) == 1 and operator.enquiries >= 2 and operator.forged == 0


def test_a_refusal_is_final_and_what_is_too_late_is_not_sent(operator, booked):
    operator.plan = ["400"]
    remind_now(booked)
    send_due()
    assert Sms.objects.get().state == State.REFUSED and send_due() == 0
    Sms.objects.update(
        state=State.WAITING, next_at=timezone.now(), ended_at=None, give_up_at=timezone.now() - DAY
    )
    operator.plan = ["sends"]
    send_due()
    assert Sms.objects.get().state == State.DEAD and operator.rings == []


def test_a_citizen_declines_on_the_portal_and_wants_them_again(operator, booked, cast, access):
    browser = Client()
    browser.force_login(cast["xiuying"], backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post("/portal/reminders/", {"wants": "no"}).status_code == 302
    remind_now(booked)
    assert not Sms.objects.exists()
    me = cast["xiuying"].person
    want(access("xiuying"), me)
    Booking.objects.update(reminded_on=None)
    remind_now(booked)
    page = browser.get("/portal/reminders/").content.decode()
    assert "待发送" in page and "不要给我发短信" in page
    decline(access("xiuying"), me)
    assert send_due() == 0 and Sms.objects.get().state == State.DEAD


def test_without_a_channel_nothing_is_written(booked, settings):
    settings.SMS_CHANNEL = ""
    remind(booked.slot.day - DAY)
    assert not Sms.objects.exists()
