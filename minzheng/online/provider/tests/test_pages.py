"""The pages of a service, from the desk to the provider's phone and back to the elder; the alarm's interface and the wall."""

from __future__ import annotations

import datetime as dt
import io
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from minzheng.business.elderly.homecare.models import Alarm, Device
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.people.models import Person
from minzheng.foundation.services import actions
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.tests.workplace import Workplace
from tests.counterparts.alarms import Platform

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()


@pytest.fixture
def page(cast):
    """`page(user).get(…)`, logged in."""

    def of(user):
        client = Client()
        client.force_login(user)
        return client

    return of


@pytest.fixture
def place(cast):
    made = Workplace("夜郎社工", 1)
    made.contract.since, made.contract.until = TODAY, TODAY + dt.timedelta(days=200)
    made.contract.save()
    return made


@pytest.fixture
def elder(cast):
    return Person.objects.create(
        name="吴老太",
        birth_date=dt.date(1940, 3, 1),
        region_id=VILLAGE,
        hukou_region_id=VILLAGE,
        address="三组5号",
    )


def shot():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")


@pytest.mark.covers("S-063", by="minzheng/online/provider", screen="/provider/")
def test_the_helper_orders_the_provider_proves_and_the_elder_confirms(page, cast, place, elder):
    desk, phone = page(cast["helper"]), page(place.user)
    said = {
        "deed": "ask",
        "ask-kind": "bath",
        "ask-payer": "purchase",
        "ask-channel": "helper",
        "ask-provider": "any",
    }
    assert desk.get(f"/desk/services/new/{elder.pk}/").status_code == 200
    assert desk.post(f"/desk/services/new/{elder.pk}/", said).status_code == 302
    order = Order.objects.get()
    at = f"/provider/orders/{order.pk}/"
    offered = phone.get("/provider/").content.decode()
    assert "助浴" in offered and "吴老太" not in offered and "吴老太" not in phone.get(at).content.decode()
    phone.post(at, {"deed": "accept", "accept-worker": str(place.worker.pk)})
    taken = phone.get(at).content.decode()
    assert "吴老太" in taken and "三组5号" in taken
    assert phone.post(at, {"deed": "start"}).status_code == 422
    phone.post(at, {"deed": "start", "latitude": "27.35", "longitude": "109.17"})
    assert phone.post(at, {"deed": "finish", "finish-report": "洗好了"}).status_code == 422
    phone.post(at, {"deed": "finish", "finish-report": "洗好了", "finish-photos": shot()})
    assert "洗好了" in desk.get(f"/desk/services/orders/{order.pk}/").content.decode()
    me = page(cast["xiuying"])
    assert me.get(f"/portal/services/{order.pk}/").status_code == 404, "a neighbour's order"
    Order.objects.update(person=cast["xiuying"].person)
    assert "助浴" in me.get("/portal/services/").content.decode()
    assert (
        me.post(f"/portal/services/{order.pk}/", {"deed": "confirm", "confirm-rating": "5"}).status_code
        == 302
    )
    order.refresh_from_db()
    assert (order.state, order.confirmed_as, order.rating) == ("confirmed", "本人", 5)


def test_another_provider_and_another_county_see_nothing_of_it(page, cast, place, elder, access):
    order = actions.ask(access("helper"), elder, kind="bath", channel="helper")
    actions.accept(place.access(TODAY), order, worker=place.worker)
    other = Workplace("别的单位", 2)
    assert page(other.user).get(f"/provider/orders/{order.pk}/").status_code == 404
    assert page(cast["outsider"]).get(f"/desk/services/orders/{order.pk}/").status_code == 404
    assert page(cast["finance"]).get("/provider/").status_code == 403


@pytest.mark.covers("S-100", by="minzheng/online/desk/dispatch", screen="/desk/dispatch/")
def test_a_signed_alarm_is_on_the_wall_and_an_unsigned_one_is_nowhere(page, cast, elder, settings):
    settings.ALARM_KEY = "demo-key-of-the-platform"
    Device.objects.create(person=elder, region_id=VILLAGE, kind="call", serial="SN-9", installed_on=TODAY)
    platform = Platform(Client(), settings.ALARM_KEY)
    assert [platform.ring("SN-9", "m-0000001").status_code for _ in range(2)] == [201, 201]
    assert Alarm.objects.count() == 1
    assert platform.ring("SN-0", "m-0000002").status_code == 404
    assert platform.ring("SN-9", "m-0000003", moment=int(time.time()) - 301).status_code == 401
    assert Platform(Client(), "wrong").ring("SN-9", "m-0000004").status_code == 401
    assert Client().post("/alarms/", json.dumps({}), "application/json").status_code == 401
    settings.ALARM_KEY = ""
    assert Platform(Client(), "").ring("SN-9", "m-0000005").status_code == 401, "no key, no alarms"
    desk, alarm = page(cast["helper"]), Alarm.objects.get()
    assert "吴老太" in desk.get("/desk/dispatch/").content.decode()
    at = f"/desk/dispatch/alarms/{alarm.pk}/"
    for said in (
        {"deed": "answer"},
        {"deed": "send", "send-told": "女儿"},
        {"deed": "close", "close-report": "滑倒，已送医"},
    ):
        assert desk.post(at, said).status_code == 302
    assert (Alarm.objects.get().state, Order.objects.get().kind) == ("closed", "urgent")
    assert page(cast["outsider"]).get(at).status_code == 404


@pytest.mark.covers("S-065", by="minzheng/online/desk/services", screen="/desk/services/settlements/")
def test_the_month_is_settled_on_the_desk_by_two_persons(page, cast, place, elder, access):
    helper, day = access("helper"), TODAY
    actions.confirm(helper, place.served(helper, elder, day, hour=0), rating=5)
    maker, checker = page(cast["reviewer"]), page(cast["approver"])
    asked = {"county": "431227000000", "benefit": "elder_services", "month": f"{day:%Y-%m}"}
    made = maker.post("/desk/services/settlements/new/", asked)
    assert made.status_code == 302
    text = checker.get(made.url).content.decode()
    assert "夜郎社工" in text and "80.00" in text and "确认结算" in text
    assert "确认结算" not in maker.get(made.url).content.decode()
    assert "服务结算" in page(cast["finance"]).get("/desk/services/settlements/").content.decode()
