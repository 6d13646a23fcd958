"""监测预警 in the browser: a signal, its alert with the reasons, the visit on the phone, the alert answered."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.datacenter.signals.library import refresh_library
from minzheng.datacenter.signals.models import Alert
from minzheng.datacenter.signals.run import run_signals
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person
from tests.browser import picture, serious_problems

TODAY = dt.date.today()


@pytest.fixture
def family(cast):
    """石大爷 of 新村, out of work for half a year, as the employment office says; nothing else was delivered."""
    person = Person.objects.create(name="石大爷", sex="1", birth_date="1970-05-01", region_id=VILLAGE)
    home = Household.objects.create(
        region_id=VILLAGE, category="rural", head=person, address="三组5号", since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=home, person=person, relation="户主", since=dt.date(2020, 1, 1))
    stopped = (TODAY - dt.timedelta(days=180)).isoformat()
    values = {"unemployment_registered": True, "insurance_stopped_on": stopped}
    FactSheet.objects.create(
        person=person, source="政务数据共享", since=TODAY - dt.timedelta(days=1), values=values
    )
    return home


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.covers("S-054", by="minzheng/online/desk/signals/views.py", screen="/desk/signals/")
@pytest.mark.covers("S-020", by="minzheng/datacenter/signals", screen="/desk/signals/")
def test_an_alert_becomes_a_visit_and_the_visit_an_application(open_page, cast, family, regions):
    month = TODAY.replace(day=1)
    run_signals(month, regions[COUNTY], TODAY)
    refresh_library(month, regions[COUNTY], TODAY)
    desk = open_page("/desk/signals/", user=cast["reviewer"])
    desk.get_by_text("有预警失灵，没有预警不等于没有困难").wait_for()
    assert serious_problems(desk) == []
    picture(desk, "signals")
    desk.get_by_role("main").get_by_role("link", name="失业停保").click()
    desk.get_by_role("heading", name="界线、时限和开关").wait_for()
    assert serious_problems(desk) == []
    desk.get_by_role("link", name="看名单").click()
    desk.get_by_text("石大爷").first.wait_for()
    site = desk.url.split("/desk/")[0]
    desk.goto(f"{site}/desk/registers/alerts/rows/{Alert.objects.get().pk}")
    desk.get_by_role("heading", name="逐条依据（用窗口的同一套规则重算）").wait_for()
    desk.get_by_role("cell", name="预警：失业且停缴社会保险").or_(
        desk.get_by_role("rowheader", name="预警：失业且停缴社会保险")
    ).first.wait_for()
    assert serious_problems(desk) == []

    phone = open_page("/field/", user=cast["helper"], width=390)
    phone.get_by_role("link", name="石大*").first.click()
    phone.get_by_text("登记失业并已停缴社会保险").first.wait_for()
    phone.get_by_role("link", name="开始走访").click()
    phone.get_by_label("启动救助或复核").check()
    phone.get_by_label("看到的情况").fill("厂子关了，家里没有别的收入。")
    phone.get_by_label("没有定位的原因").select_option("没有信号")
    phone.get_by_role("button", name="保存走访记录").click()
    phone.get_by_role("heading", name="走访已登记").wait_for()
    assert serious_problems(phone) == []
    picture(phone, "visit-to-application")
    phone.get_by_label("申请什么").select_option("最低生活保障")
    phone.get_by_role("button", name="开始申请").click()
    phone.get_by_text("申请已开好，请接着填写").wait_for()
    case = Case.objects.get()
    assert (case.applicant, case.item, case.channel) == (family.head, "A1", Channel.DISCOVERY)

    assert Alert.objects.get().outcome == "case"
    desk.goto(f"{site}/desk/signals/")
    desk.get_by_text("1（100%）").first.wait_for()
    desk.goto(f"{site}/desk/households/{family.pk}/")
    desk.get_by_text("预警：失业停保").first.wait_for()
    expect(desk.get_by_text("启动救助或复核").first).to_be_visible()
    assert serious_problems(desk) == []
    small = open_page("/desk/signals/", user=cast["reviewer"], width=390)
    assert serious_problems(small) == []


@pytest.mark.parametrize("page", ["", "groups/", "sweeps/", "unemployment/"])
def test_the_pages_open_before_anything_was_run(client, cast, page):
    client.force_login(cast["reviewer"])
    assert client.get(f"/desk/signals/{page}").status_code == 200
    client.force_login(cast["finance"])
    assert client.get(f"/desk/signals/{page}").status_code == 403


def test_a_sweep_is_started_with_a_form_that_says_what_is_missing(client, cast):
    client.force_login(cast["reviewer"])
    page = client.post("/desk/signals/sweeps/new/", {"title": ""}).content.decode()
    assert "请填写名称" in page and "人群" in page
    client.force_login(cast["clerk"])
    assert client.get("/desk/signals/sweeps/new/").status_code == 403
