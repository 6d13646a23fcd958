"""Somebody nobody knows: taken in, searched for, recognised by two people, taken home by the daughter (H1, H2)."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.rescue.models import MissingReport, Stay
from minzheng.business.rescue.searching import decide_notice
from minzheng.business.rescue.tests.making import id_no, missing, station
from minzheng.foundation.tasks.models import Task
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON = dt.date(2026, 10, 20)
CAME = {
    "called": "无名氏（汽车站）", "age": "70", "dialect": "湘西口音", "features": "左脸有疤，缺两颗门牙，穿蓝布衫",
    "brought_by": "晃洲派出所", "found_at": "晃洲镇汽车站", "found_on": "2026-10-20", "arrived_on": "2026-10-20",
}  # fmt: skip


def fill(page, **typed):
    for name, text in typed.items():
        page.locator(f'main [name="{name}"]').fill(text)


def choose(page, **chosen):
    """A choice, drawn as buttons or as a list."""
    for name, value in chosen.items():
        box = page.locator(f'main [name="{name}"]').first
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            page.locator(f'main [name="{name}"][value="{value}"]').check()


def send(page):
    page.locator("main form button.btn-primary").first.click()


@pytest.mark.covers("S-161", by="minzheng/business/rescue/leaving.py", screen="/desk/rescue/stays/<int:pk>/")
@pytest.mark.covers(
    "S-164", by="minzheng/business/rescue/identity.py", screen="/desk/rescue/matches/<int:pk>/"
)
def test_an_unknown_man_goes_home_with_his_daughter(open_page, cast, on_day, access, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    on_day(ON)
    station()
    report = missing(access("rescuer", ON))
    page = open_page("/desk/rescue/stays/new/", user=cast["rescuer"], width=390)
    page.set_default_timeout(20_000)
    assert serious_problems(page) == []
    fill(page, **CAME)
    choose(page, sex="1", is_disabled="no", source="police", need="lost", told_by="两名工作人员见证")
    send(page)
    expect(page.get_by_text("第 1 天")).to_be_visible()
    assert serious_problems(page) == []
    stay = Stay.objects.get()
    assert (stay.identity, stay.person, stay.until) == ("unknown", None, dt.date(2026, 10, 30))
    page.goto(f"{page.url}notice/")
    fill(page, text="左脸有疤，缺两颗门牙，说湘西话，会说“罗旧”。", found_at="晃洲镇汽车站")
    choose(page, shows_photo="no")
    send(page)
    expect(page.get_by_text("已起草，等另一位同志审核。")).to_be_visible()
    decide_notice(access("approver", ON), stay.notices.get(), publish=True)
    public = open_page("/rescue/?sex=1&age=old&at=汽车站", width=390)
    assert serious_problems(public) == []
    public.get_by_role("link", name="男，约70岁").click()
    expect(public.get_by_role("link", name="拨打救助站")).to_be_visible()
    assert serious_problems(public) == []
    assert "无名氏" not in public.content()
    page.get_by_role("link", name="比对走失人员").click()
    expect(page.get_by_role("heading", name="杨老汉")).to_be_visible()
    page.get_by_text("我看是同一个人").click()
    fill(page, basis="左脸的疤、口音都对得上")
    assert serious_problems(page) == []
    send(page)
    expect(page.get_by_text("等另一位同志核定")).to_be_visible()
    boss = open_page(page.url.partition("/desk")[1] + page.url.partition("/desk")[2], user=cast["approver"])
    assert serious_problems(boss) == []
    picture(boss, "rescue-match")
    boss.get_by_role("link", name="核定").click()
    choose(boss, same="yes")
    fill(boss, note="女儿视频辨认，确认是本人")
    send(boss)
    expect(boss.get_by_text("已核定。")).to_be_visible()
    assert MissingReport.objects.get(pk=report.pk).state == "found"
    page.goto(page.url.partition("/desk")[0] + f"/desk/rescue/stays/{stay.pk}/leave/")
    choose(page, way="collected")
    fill(page, collector_name="杨小妹", collector_id_no=id_no("19800101", "242"))
    choose(page, collector_relation="子女")
    send(page)
    expect(page.get_by_text("亲属（监护人、单位）接回")).to_be_visible()
    stay.refresh_from_db()
    assert (stay.state, stay.person.name, stay.notices.get().state) == ("left", "杨老汉", "down")
    assert Task.objects.filter(kind="rescue.benefits", person=stay.person).exists()
    gone = open_page("/rescue/", width=390)
    expect(gone.get_by_text("没有符合的公告")).to_be_visible()
