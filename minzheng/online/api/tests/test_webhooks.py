"""Partners hear of what happened: signed, retried for a day, never to an inner address, never twice as two events."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind
from minzheng.online.api.actions import resend, subscribe, unsubscribe
from minzheng.online.api.models import Delivery, DeliveryState
from minzheng.online.api.tests import callers
from minzheng.online.api.webhooks import addresses
from minzheng.online.api.webhooks.jobs import DELIVERIES, deliver_due
from minzheng.online.api.webhooks.kinds import KINDS
from tests.counterparts.receiver import Receiver

pytestmark = pytest.mark.django_db
DRAFT = {"region": VILLAGE, "answers": {}, "submit": False}


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    settings.WEBHOOK_TIMEOUT = 0.3
    with Receiver() as running:
        yield running


@pytest.fixture
def told(receiver, partner, access):
    """The partner, subscribed to everything; and a case that it hands in."""
    receiver.secret = subscribe(access("admin"), partner.registered, receiver.url, list(KINDS)).secret
    return partner


def withdraws(partner, cast, who="xiuying"):
    """The partner hands in a draft and takes it back: one event."""
    person = cast[who].person
    case = partner.post(
        "/items/E1/applications", DRAFT | {"applicant": {"name": person.name, "id_no": person.id_no}}
    )
    partner.post(f"/cases/{case.json()['number']}/withdraw", {})
    return case.json()["number"]


def as_if(**past):
    """Time passes: all that waits is due."""
    Delivery.objects.filter(state=DeliveryState.WAITING).update(next_at=timezone.now() - dt.timedelta(**past))


def test_the_signing_secret_is_not_readable_in_the_database(receiver, told):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_subscription")
        ((stored,),) = cursor.fetchall()
    assert receiver.secret.encode() not in bytes(stored)


def test_it_tells_what_happened_signed_and_without_a_word_about_a_person(receiver, told, cast):
    number = withdraws(told, cast)
    deliver_due()
    (event,) = receiver.known.values()
    assert (event["specversion"], event["type"]) == ("1.0", "case.withdrawn")
    assert event["data"]["case"] == number
    assert not receiver.refused
    text = json.dumps(event, ensure_ascii=False)
    person = cast["xiuying"].person
    assert person.id_no not in text and person.name not in text and VILLAGE not in text
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_a_partner_hears_that_its_case_ended_with_the_applicant_and_that_nobody_died(told, cast, access):
    person, today = cast["xiuying"].person, timezone.localdate()
    applicant = {"name": person.name, "id_no": person.id_no}
    number = told.post("/items/E1/applications", DRAFT | {"applicant": applicant}).json()["number"]
    death = record_life_event(access("clerk"), person, LifeEventKind.DEATH, today, "公安注销")
    undo_life_event(access("reviewer"), death, "同名误登")
    heard = [(one.kind, json.loads(one.content)["data"]) for one in Delivery.objects.order_by("pk")]
    assert [(kind, data["case"], data["outcome"]) for kind, data in heard] == [
        ("case.terminated", number, "terminated"),
        ("case.resumed", number, ""),
    ]


@pytest.mark.parametrize(
    "behaviour", ["takes_and_hangs_up", "500", "410", "redirects", "slow", "hangs_up", "garbage"]
)
def test_what_did_not_arrive_is_told_again_under_the_same_identifier(receiver, told, cast, behaviour):
    receiver.plan = [behaviour, behaviour, "takes"]
    withdraws(told, cast)
    for _ in range(3):
        as_if(seconds=1)
        deliver_due()
    assert len(receiver.known) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 3)


def test_nothing_is_sent_again_before_its_time(receiver, told, cast):
    receiver.plan = ["500"]
    withdraws(told, cast)
    deliver_due()
    deliver_due()
    assert receiver.arrivals == 1


def test_it_waits_longer_each_time_and_at_most_four_hours():
    waits = [DELIVERIES.wait_after(tries) for tries in range(1, 12)]
    assert waits[:3] == [dt.timedelta(seconds=10), dt.timedelta(seconds=40), dt.timedelta(seconds=160)]
    assert waits == sorted(waits) and waits[-1] == dt.timedelta(hours=4)


def test_after_a_day_it_is_dead_and_an_administrator_sends_it_again(receiver, told, cast, access):
    receiver.plan = ["500"]
    withdraws(told, cast)
    deliver_due()
    delivery = Delivery.objects.get()
    assert delivery.give_up_at - delivery.made_at >= dt.timedelta(hours=23, minutes=59)
    Delivery.objects.update(give_up_at=timezone.now(), next_at=timezone.now())
    deliver_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.DEAD, "对方答复 500")
    receiver.plan = ["takes"]
    resend(access("admin"), delivery)
    deliver_due()
    assert len(receiver.known) == 1


def test_a_worker_that_dies_while_sending_leaves_it_due(receiver, told, cast, monkeypatch):
    class Killed(BaseException):
        pass

    def die(delivery):
        raise Killed

    withdraws(told, cast)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr("minzheng.online.api.webhooks.sending.check_address", die)
        deliver_due()
    as_if(minutes=3)
    deliver_due()
    assert len(receiver.known) == 1


def test_an_event_that_is_rolled_back_was_never_told(receiver, told, cast):
    from django.db import transaction

    case = Case.objects.get(number=withdraws(told, cast))
    Delivery.objects.all().delete()
    from minzheng.foundation.events.bus import emit

    with pytest.raises(RuntimeError), transaction.atomic():
        emit("case.withdrawn", case=case.pk, on="2026-11-22")
        assert Delivery.objects.exists()
        raise RuntimeError
    assert not Delivery.objects.exists()


def test_a_partner_hears_of_its_own_cases_only_unless_it_was_allowed_the_regions(
    receiver, told, cast, access
):
    other = callers.partner(cast["admin"], "case.submit", name="另一个平台")
    withdraws(other, cast)
    assert not Delivery.objects.exists()
    told.registered.oidc.set_scopes(["case.submit", "events.region"])
    told.registered.oidc.save()
    withdraws(other, cast, "clerk")
    assert Delivery.objects.count() == 1


def test_a_subscription_that_ended_is_told_no_more(receiver, told, cast, access):
    withdraws(told, cast)
    unsubscribe(access("admin"), told.registered.subscriptions.get())
    deliver_due()
    assert receiver.arrivals == 0
    assert Delivery.objects.get().answer == "订阅已停止"


INNER = [
    "https://127.0.0.1/", "https://localhost.localdomain@10.0.0.1/", "https://10.1.2.3/x", "https://192.168.0.1/", "https://169.254.169.254/latest/",
    "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/", "https://0.0.0.0/", "http://example.com/", "ftp://example.com/",
    "https://user:pw@example.com/", "https://example.com/#x", "https://224.0.0.1/", "https://100.64.0.1/", "file:///etc/passwd", "https://",
]  # fmt: skip


@pytest.mark.parametrize("url", INNER)
def test_it_knocks_at_no_inner_address(partner, access, url):
    with pytest.raises(Refused):
        subscribe(access("admin"), partner.registered, url, ["case.granted"])


@pytest.mark.parametrize("place", ["10.0.0.5", "127.0.0.1", "::1", "169.254.169.254", "::ffff:192.168.1.1"])
def test_a_name_that_points_inside_later_leads_nowhere(partner, access, cast, monkeypatch, place):
    """DNS rebinding: the name was fine when it was registered."""
    subscribe(access("admin"), partner.registered, "https://hooks.example.com/x", ["case.withdrawn"])
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", (place, 443))])
    withdraws(partner, cast)
    deliver_due()
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.WAITING
    assert "内网" in delivery.answer
