"""开放接口 on the desk: a client from its registration to its end, by an administrator of the region and nobody else."""

import datetime as dt

import pytest
from django.test import Client

from minzheng.demo.cast import COUNTY
from minzheng.online.api.models import ApiClient, Delivery, DeliveryState
from minzheng.online.api.tests import callers
from tests.browser import serious_problems

pytestmark = pytest.mark.django_db
PAGES = ["/desk/api/", "/desk/api/new/", "/desk/api/deliveries/?state=all", "/desk/registers/api-clients/"]


@pytest.fixture
def admin(cast):
    browser = Client()
    browser.force_login(cast["admin"], backend="django.contrib.auth.backends.ModelBackend")
    return browser


def answers(**more):
    today = dt.date.today()
    return {
        "kind": "partner", "name": "县医保局业务系统", "department": "新晃县医疗保障局", "contact": "信息股 0745-6220000",
        "basis": "共享协议〔2026〕3号", "region": COUNTY, "since": today.isoformat(),
        "until": (today + dt.timedelta(days=365)).isoformat(), "scopes": ["status.enquire"], "purposes": ["service"],
    } | more  # fmt: skip


def test_a_client_is_registered_and_its_secret_shown_once(admin):
    page = admin.post("/desk/api/new/", answers())
    client, secret = ApiClient.objects.get(), page.context["secret"]
    assert page["Cache-Control"].startswith("max-age=0") and secret in page.content.decode()
    assert "access_token" in callers.token_of(client, secret)
    assert secret not in admin.get(f"/desk/api/{client.pk}/").content.decode()


def test_what_does_not_fit_is_said_beside_its_field(admin):
    page = admin.post("/desk/api/new/", answers(scopes=["my.read"]))
    assert "部门系统不能有这些授权范围" in page.context["form"].errors["scopes"][0]
    page = admin.post(
        "/desk/api/new/", answers(kind="citizen", scopes=["my.read"], redirects="http://evil.example/")
    )
    assert "回调地址" in page.context["form"].errors["redirects"][0]
    assert not ApiClient.objects.exists()


def test_a_secret_is_changed_and_a_client_ended(admin, partner):
    key = partner.registered.pk
    fresh = admin.post(f"/desk/api/{key}/rotate/").context["secret"]
    assert "access_token" in callers.token_of(partner.registered, fresh)
    admin.post(f"/desk/api/{key}/revoke/", {"reason": "协议终止"})
    assert "已停用" in admin.get(f"/desk/api/{key}/").content.decode()
    assert "error" in callers.token_of(partner.registered, fresh)


def test_an_address_is_subscribed_and_what_did_not_arrive_is_sent_again(admin, partner, cast):
    key = partner.registered.pk
    refused = admin.post(
        f"/desk/api/{key}/subscribe/", {"url": "https://10.0.0.1/", "events": ["case.granted"]}
    )
    assert "内网" in refused.context["subscribing"].errors["url"][0]
    shown = admin.post(
        f"/desk/api/{key}/subscribe/", {"url": "https://hooks.example/x", "events": ["case.withdrawn"]}
    )
    assert shown.context["secret"] in shown.content.decode()
    from minzheng.online.api.tests.test_webhooks import withdraws

    withdraws(partner, cast)
    Delivery.objects.update(state=DeliveryState.DEAD, next_at=None, answer="连接不上")
    assert "撤回申请" in admin.get("/desk/api/deliveries/").content.decode()
    admin.post(f"/desk/api/deliveries/{Delivery.objects.get().pk}/again/")
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_only_the_regions_administrator_sees_any_of_it(admin, partner, cast):
    outsider = Client()
    outsider.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    for page in PAGES:
        assert admin.get(page).status_code == 200
        assert outsider.get(page).status_code == 403
    partner.registered.region_id = "431228000000"
    partner.registered.save()
    assert admin.get(f"/desk/api/{partner.registered.pk}/").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_accessible_and_fit_a_phone(open_page, cast):
    client = callers.partner(cast["admin"]).registered
    for address in ("/api/", "/desk/api/", "/desk/api/new/", f"/desk/api/{client.pk}/"):
        page = open_page(address, user=cast["admin"], width=390)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert serious_problems(page) == [], address
        if folder := __import__("os").environ.get("LOOK"):
            name = address.strip("/").replace("/", "-")[:16]
            page.screenshot(path=f"{folder}/{name}-390.png", full_page=True)
            wide = open_page(address, user=cast["admin"])
            wide.screenshot(path=f"{folder}/{name}-1280.png", full_page=True)
