"""Nursing subsidy across a border: applied for on the phone where she lives, passed on, decided at home, paid (跨省通办)."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.disability.models import Certificate
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.payments.tests.office import Office, assert_proven, lines_of
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.tests.families import START
from minzheng.online.portal.tests.family import Writer
from tests.browser import picture, serious_problems
from tests.journeys.officers import OPINION, Officers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def away(cast):
    """She lives in a town of the next county, where a clerk sits; her hukou and her certificate are at home."""
    home = {"since": dt.date(2000, 1, 1), "source": "测试"}
    town = Region.objects.create(
        code="431228001000", name="测试镇", full_name="湖南省怀化市芷江侗族自治县测试镇", level=4,
        parent_id="431228000000", **home,
    )  # fmt: skip
    village = Region.objects.create(
        code="431228001001", name="江边村", full_name=f"{town.full_name}江边村", level=5, parent=town, **home
    )
    person = Person.objects.get(pk=cast["xiuying"].person_id)
    Certificate.objects.create(
        id_no=person.id_no, name=person.name, region=person.region, kind="肢体", grade="二级",
        issued_on=dt.date(2020, 1, 1), valid_until=dt.date(2029, 12, 31),
    )  # fmt: skip
    person.region = village
    person.save()
    clerk = User.objects.create(username="away", display_name="尹红")
    Assignment.objects.create(user=clerk, role=Role.TOWNSHIP_CLERK, region=town, since=dt.date(2020, 1, 1))
    return clerk


def apply_on_a_phone(open_page, cast) -> None:
    page = open_page("/portal/items/D2/", user=cast["xiuying"], width=390)
    page.set_default_timeout(10_000)
    writer = Writer(page)
    writer.follow("开始申请").follow("是，就在江边村").go_on("为我自己")
    writer.follow("联系和领款")
    writer.type("现在住在哪里", "江边村2组").go_on()
    writer.type("联系电话", "13912345678").go_on()
    writer.type("开户银行", "新晃农商银行").type("本人的银行卡号", "6217001234567890123").go_on()
    writer.type("需要别人长期照护多久了", "18").go_on()
    page.get_by_role("checkbox").check()
    writer.go_on()
    page.get_by_role("checkbox").check()
    writer.go_on()
    assert serious_problems(page) == []
    writer.follow("核对并提交").go_on("提交申请")
    assert writer.heading == "申请已提交"
    picture(page, "receipt")


@pytest.mark.covers("S-133", by="minzheng/business/disability/items.py", screen="/portal/items/D1/")
@pytest.mark.covers("S-134", by="minzheng/business/disability/items.py", screen="/portal/items/D2/")
def test_it_is_passed_on_to_the_hukou_county_and_paid_from_the_month_of_application(
    open_page, cast, on_day, away, access, settings, tmp_path
):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    on_day(START)
    apply_on_a_phone(open_page, cast)
    case = Case.objects.get()
    officers = Officers(open_page, {**cast, "away": away}, on_day, case, tmp_path)
    officers.does("away", 1, "accept")
    page = officers.does("away", 1, "transfer")
    expect(page.get_by_text("转送户籍地").first).to_be_visible()
    officers.does("township", 2, "propose_grant", typed={"opinion": OPINION})
    officers.does("reviewer", 3, "compare", chosen={"result": "证件有效，与台账一致"})
    page = officers.does("approver", 4, "grant", typed={"opinion": OPINION})
    picture(page, "granted-desk")
    right = Entitlement.objects.get()
    assert (right.benefit, right.region_id, right.since_month) == (
        "nursing_subsidy", "431227107203", START.replace(day=1),
    )  # fmt: skip
    office = Office(access)
    office.fund(code="nursing_subsidy")
    assert lines_of(office.pay(f"{START:%Y-%m}", code="nursing_subsidy")) == [
        ("杨秀英", "regular", "110.00", "paid")
    ]
    assert_proven(f"{START:%Y-%m}")
    phone = open_page(f"/portal/cases/{case.number}/", user=cast["xiuying"], width=390)
    expect(phone.get_by_text("每月110.00元")).to_be_visible()
    picture(phone, "granted")
    assert serious_problems(phone) == []
