"""12349 in a real browser: who answers the telephone finds the elder, the order goes out while they speak."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.tests.workplace import Workplace
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "431227194001030018"
TODAY = dt.date.today()


@pytest.mark.covers("S-100", by="minzheng/online/desk/services", screen="/desk/services/hotline/")
def test_a_daughter_rings_and_the_order_goes_out_while_they_speak(open_page, cast):
    place = Workplace("夜郎社工", 1)
    place.contract.since, place.contract.until = TODAY, TODAY + dt.timedelta(days=200)
    place.contract.save()
    for born, number in ((1940, NUMBER), (1942, None)):
        Person.objects.create(name="吴老太", birth_date=dt.date(born, 1, 3), region_id=VILLAGE, id_no=number)
    page = open_page("/desk/services/hotline/", user=cast["helper"])
    page.get_by_label("老人姓名").fill("吴老太")
    page.get_by_label("子女").check()
    page.get_by_label("来电人姓名").fill("杨大山")
    page.get_by_label("回访电话").fill("13974512340")
    choose(page, "kind", "bath")
    choose(page, "payer", "purchase")
    choose(page, "provider", "any")
    page.get_by_label("老人身份证号").fill(NUMBER)
    page.get_by_role("button", name="下单", exact=True).click()
    expect(page.get_by_text("已下单，等待服务单位接单")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("吴老太")).to_be_visible()
    order = Order.objects.get()
    assert (order.person.birth_date.year, order.channel, order.caller) == (1940, "hotline", "杨大山")
    picture(page, "hotline")
    assert serious_problems(page) == []


def choose(page, name, value):
    """A short choice is radio buttons, a long one a list."""
    found = page.locator(f'select[name="take-{name}"]')
    if found.count():
        found.select_option(value)
    else:
        page.locator(f'[name="take-{name}"][value="{value}"]').check()
