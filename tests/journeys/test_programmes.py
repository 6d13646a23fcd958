"""A home's rating from its own points to the plaque; a fire hazard found on the phone, mended, verified by another."""

import datetime as dt

import pytest

from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.certificates.actions import register_issuer
from minzheng.foundation.certificates.models import Issued, Issuer
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.programmes.models import Problem
from minzheng.foundation.programmes.tests.helpers import one_unit, picture
from minzheng.foundation.scoring.applying import Score
from minzheng.foundation.scoring.judging import declare_no_tie, finish_site, score_site, vote
from minzheng.foundation.scoring.models import Assessment
from minzheng.foundation.tasks.models import Task
from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = dt.date(2026, 11, 2)
BUTTON = "main form button.btn-primary"


def experts(count):
    made = []
    for number in range(1, count + 1):
        user = User.objects.create(username=f"expert{number}", display_name=f"专家{number}")
        Assignment.objects.create(user=user, role=Role.ASSESSOR, region_id=COUNTY, since=dt.date(2020, 1, 1))
        made.append(user)
    return made


def fills(page, percent):
    """Every box of the sheet at so many per cent of its most, and handed in."""
    for line in page.locator(".score-line").all():
        most = int(line.locator(".muted").inner_text().split()[-1])
        line.locator("input").fill(str(-(-most * percent // 100)))
    page.locator('[name="done"][value="yes"]').check()
    page.locator(BUTTON).click()
    page.locator("text=已保存").first.wait_for()


def presses(page, deed):
    page.get_by_role("link", name=deed, exact=True).click()
    return page


def test_it_rates_a_home_and_closes_a_hazard(open_page, cast, on_day, tmp_path):
    register_issuer(Issuer(region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W"))  # fmt: skip
    Facility.objects.create(kind="elder_home", name="晃州镇敬老院", region_id=VILLAGE, opened_on=dt.date(2015, 1, 1))  # fmt: skip
    users = experts(5)
    on_day(MONDAY)
    page = open_page("/desk/ratings/new/elder_home/", user=cast["reviewer"])
    page.locator('[name="facility"]').select_option(label="晃州镇敬老院")
    for box in page.locator('[name="confirmed"]').all():
        box.check()
    page.locator(BUTTON).click()
    fills(presses(page, "自评打分"), 90)
    one = Assessment.objects.get()
    page = open_page(f"/desk/ratings/{one.pk}/", user=cast["approver"])
    presses(page, "指派评估专家")
    for user in users[:2]:
        page.get_by_label(user.display_name).check()
    page.locator(BUTTON).click()
    page = open_page(f"/desk/ratings/{one.pk}/", user=users[0], width=390)
    presses(page, "承诺无利害关系")
    page.locator(BUTTON).click()
    fills(presses(page, "现场评分"), 82)
    second = Access(users[1], MONDAY)
    declare_no_tie(second, one)
    score_site(
        second, one, {item.code: Score(-(-item.most * 80 // 100)) for item in one.points_sheet.items.values()}
    )
    finish_site(second, one)
    page = open_page(f"/desk/ratings/{one.pk}/committee/", user=cast["approver"])
    for user in users[2:]:
        page.get_by_label(user.display_name).check()
    page.locator(BUTTON).click()
    for user in users[2:]:
        declare_no_tie(Access(user, MONDAY), one)
    for user in users[3:]:
        vote(Access(user, MONDAY), one, choice="agree")
    page = open_page(f"/desk/ratings/{one.pk}/vote/", user=users[2], width=390)
    page.locator('[name="choice"][value="agree"]').check()
    page.locator(BUTTON).click()
    page = open_page(f"/desk/ratings/{one.pk}/", user=cast["approver"])
    presses(page, "汇总表决、开始公示")
    page.locator(BUTTON).click()
    page.locator("text=表决已汇总").wait_for()
    on_day(MONDAY + dt.timedelta(days=8))
    page = open_page(f"/desk/ratings/{one.pk}/grant/", user=cast["approver"], width=390)
    page.locator(BUTTON).click()
    page.locator("text=为什么是四级").wait_for()
    assert serious_problems(page) == []
    assert Issued.objects.get(kind="elder_home_grade").valid_until == dt.date(2029, 11, 9)

    hazard(open_page, cast, tmp_path)


def hazard(open_page, cast, tmp_path):
    """On phones: the village helper finds it, the clerk mends it, the reviewer of the township closes it."""
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(picture())
    today = MONDAY + dt.timedelta(days=8)
    one_unit(Access(cast["reviewer"], today), "fire_control", 2026)
    page = open_page("/field/problems/new/", user=cast["helper"], width=390)
    page.locator('[name="unit"]').first.check()
    page.locator('[name="title"]').fill("二楼安全出口被杂物堵住")
    page.locator('[name="level"][value="general"]').check()
    page.locator('input[type="file"]').set_input_files(photo)
    page.locator(BUTTON).click()
    page.get_by_text("等待乡镇（街道）交办").wait_for()
    assert serious_problems(page) == []
    problem = Problem.objects.get()
    page = open_page(f"/desk/programmes/problems/{problem.pk}/", user=cast["township"], width=390)
    assert page.locator(".photos img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    presses(page, "交办")
    page.locator(BUTTON).click()
    page.locator("text=整改任务已派发").wait_for()
    task = Task.objects.get(kind="programme.fix")
    page = open_page(f"/field/tasks/{task.pk}/visit/", user=cast["clerk"], width=390, scripts=False)
    page.locator('[name="outcome"][value="fixed"]').check()
    page.locator('[name="q-how"]').fill("杂物已搬走，安排专人每天巡查。")
    page.locator('input[type="file"]').first.set_input_files(photo)
    page.locator('[name="no_position"]').select_option("没有信号")
    page.locator(BUTTON).click()
    page.get_by_text("走访已登记").first.wait_for()
    page = open_page(f"/desk/programmes/problems/{problem.pk}/", user=cast["township"], width=390)
    presses(page, "复核通过")
    page.locator(BUTTON).click()
    page.locator("text=已销号").first.wait_for()
    problem.refresh_from_db()
    assert (problem.state, problem.published_on, str(problem.fixed_by)) == ("verified", today, "龙建军")
