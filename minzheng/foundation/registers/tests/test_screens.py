"""The generic screens in a real browser: accessible, inside the screen, with and without scripts."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.foundation.people.models import Person
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP, VILLAGE, sheet
from minzheng.foundation.registers.tests.test_import import GOOD, HEAD
from tests.browser import serious_problems
from tests.club.models import Level, Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = [
    pytest.param({"width": 1280}, id="desktop"),
    pytest.param({"width": 390}, id="phone"),
    pytest.param({"width": 1280, "dark": True}, id="desktop-dark"),
    pytest.param({"width": 390, "elder": True}, id="phone-elder"),
]
PATHS = ["", "club/", "club/?level=junior&density=compact", "club/add", "club/export", "club/import"]
NAMES = ["杨秀兰", "姚本忠", "吴再珍", "蒲祖福", "龙晓燕", "田景云", "杨通顺", "张桂香"]


@pytest.fixture
def club(cast):
    """Sixty members in two townships, one of them honorary."""
    Member.objects.bulk_create(
        Member(
            card_no=f"XH{number:04}",
            name=NAMES[number % len(NAMES)],
            level=Level.HONORARY if number == 0 else [Level.ADULT, Level.JUNIOR][number % 2],
            fee_fen=120_00 + number * 50,
            joined_on=dt.date(2020, 1, 1) + dt.timedelta(days=number * 17),
            phone=f"1390745{number:04}",
            region_id=OTHER_TOWNSHIP if number % 5 == 4 else VILLAGE,
        )
        for number in range(70)
    )
    return cast


@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_accessible_and_fits_the_screen(open_page, live_server, club, screen):
    member = Member.objects.first()
    Member.objects.filter(pk=member.pk).update(fee_fen=1)
    page = open_page("/desk/registers/", user=club["clerk"], **screen)
    for path in PATHS:
        page.goto(f"{live_server.url}/desk/registers/{path}")
        assert serious_problems(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path
    page.goto(f"{live_server.url}/desk/registers/club/rows/{member.pk}")
    expect(page.get_by_text("120.00元 → 0.01元")).to_be_visible()
    assert serious_problems(page) == [], "a row with its history"
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], "a row with its history"


@pytest.mark.parametrize("scripts", [True, False])
def test_it_searches_filters_and_pages(open_page, club, scripts):
    page = open_page("/desk/registers/club/", user=club["reviewer"], scripts=scripts)
    expect(page.get_by_role("row")).to_have_count(51)
    page.get_by_role("link", name="下一页").click()
    page.get_by_role("link", name="上一页").wait_for()
    expect(page.get_by_role("row")).to_have_count(21)
    page.locator("summary", has_text="筛选").click()
    page.locator("#f-level").select_option(label="荣誉")
    page.get_by_role("button", name="应用筛选").click()
    page.get_by_text("级别：荣誉").wait_for()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="清除条件").click()
    page.get_by_text("级别：荣誉").wait_for(state="detached")
    page.get_by_label("查找会员").fill("杨秀")
    page.get_by_role("button", name="查找", exact=True).click()
    page.wait_for_url("**find=*")
    expect(page.get_by_role("row")).to_have_count(10)
    assert "杨" not in page.url


def test_it_takes_a_sheet_through_preview_to_the_register(open_page, club):
    page = open_page("/desk/registers/club/import", user=club["clerk"], width=390)
    content = sheet(HEAD, ["N1", *GOOD[1:]], ["N2", "王5", *GOOD[2:]]).read()
    page.get_by_label("填好的 Excel 文件").set_input_files(
        {"name": "会员.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="确认导入 1 行").wait_for()
    expect(page.get_by_text("第3行")).to_be_visible()
    expect(page.get_by_text("姓名里不应有数字")).to_be_visible()
    assert serious_problems(page) == []
    assert not Member.objects.filter(card_no="N1").exists()
    page.get_by_role("button", name="确认导入 1 行").click()
    page.get_by_text("新增 1 人").wait_for()
    assert Member.objects.filter(card_no="N1").exists()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载有问题的 1 行").click()
    assert download.value.suggested_filename == "会员待改正.xlsx"


def test_it_chooses_rows_and_says_what_will_happen(open_page, club):
    page = open_page("/desk/registers/club/", user=club["clerk"])
    page.get_by_label("选中本页全部").check()
    expect(page.locator("[data-selected-count]")).to_have_text("50")
    page.get_by_role("button", name="退会").click()
    page.get_by_role("heading", name="退会：选中的 50 人").wait_for()
    assert serious_problems(page) == []
    page.get_by_label("退会原因").fill("搬走")
    page.get_by_role("button", name="确认退会（50 人）").click()
    page.get_by_text("没有办成 1 人").wait_for()
    assert Member.objects.filter(is_active=False).count() == 49


def test_it_lists_people_on_a_phone_as_cards(open_page, club):
    Person.objects.create(name="杨秀兰", region_id=VILLAGE, phone="13907451234")
    page = open_page("/desk/registers/people/", user=club["clerk"], width=390)
    expect(page.get_by_role("link", name="杨秀兰")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_problems(page) == []
