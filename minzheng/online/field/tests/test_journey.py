"""吴小芳's phone: a round, a visit on the spot, one without a network, one that somebody else had closed."""

import datetime as dt
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from minzheng.foundation.tasks.models import State, Task, TaskVisit
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = dt.date.today()


def photo():
    written = io.BytesIO()
    Image.new("RGB", (2400, 1800), (90, 140, 120)).save(written, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.mark.covers("S-056", by="minzheng/online/field/views.py", screen="/field/")
def test_a_record_made_without_a_network_goes_out_once_when_it_is_back(open_page, cast, task, access):
    for number in range(3):
        task(f"club:{number}", on=TODAY - dt.timedelta(days=4 - number))
    page = open_page("/field/", user=cast["helper"], width=390)
    context = page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 27.3612, "longitude": 109.1745, "accuracy": 8})
    page.wait_for_selector("[data-field-ready]", state="attached")
    assert serious_problems(page) == []
    picture(page, "field-round")

    # On the spot: position by will, photo made small before it is sent.
    page.get_by_role("link", name="石大*").first.click()
    assert serious_problems(page) == []
    picture(page, "field-task")
    page.get_by_role("link", name="开始走访").click()
    page.get_by_text("身体好吗？").wait_for(state="hidden")  # asked only where somebody was met
    page.get_by_label("一切都好").check()
    page.get_by_label("是", exact=True).check()
    expect(page.get_by_label("有什么不舒服？")).to_be_hidden()
    page.set_input_files("input[name=photos]", photo())
    page.get_by_text("照片已变小，共 1 张").wait_for()
    page.get_by_role("button", name="记录我现在的位置").click()
    page.get_by_text("已定位，误差约 8 米").wait_for()
    assert serious_problems(page) == []
    page.get_by_role("button", name="保存走访记录").click()
    page.get_by_role("heading", name="走访已登记").wait_for()
    made = TaskVisit.objects.get()
    assert (made.latitude, made.accuracy) == (27.3612, 8)
    with Image.open(made.photos.get().file) as kept:
        assert max(kept.size) == 1600

    # Without a network: the blank form opens from the phone, the record waits, and goes out once.
    waiting = Task.objects.filter(state=State.OPEN).order_by("due_on")
    page.goto(page.url.split("/field/")[0] + "/field/")
    page.wait_for_selector("[data-field-ready]", state="attached")
    context.set_offline(True)
    page.goto(page.url.split("/field/")[0] + f"/field/tasks/{waiting[0].pk}/visit/")
    page.get_by_text("没有网络。照常填写").wait_for()
    page.get_by_label("一切都好").check()
    page.get_by_label("是", exact=True).check()
    page.get_by_label("没有定位的原因").select_option("没有信号")
    page.get_by_label("还有什么要说明的？").fill("山里没有信号")
    page.reload()
    page.get_by_text("上次没填完的，已帮您填回来了").wait_for()
    assert page.get_by_label("还有什么要说明的？").input_value() == "山里没有信号"
    page.get_by_role("button", name="保存走访记录").click()
    page.get_by_role("heading", name="待发送", exact=True).wait_for()
    page.locator("[data-field-count]", has_text="待发送 1").wait_for()
    assert serious_problems(page) == []
    picture(page, "field-outbox")
    assert TaskVisit.objects.count() == 1
    # Meanwhile the clerk closes it: the phone's record is kept beside hers.
    first = VisitDraft("needs_help", answers={"well": "yes"}, position=Position(missing="没有信号"))
    record_visit(access("clerk"), waiting[0], first)
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("没有待发送的记录").wait_for()
    page.get_by_text("任务已由别人办结；两份都已保存").wait_for()
    late = TaskVisit.objects.get(note="山里没有信号")
    assert not late.counted and TaskVisit.objects.count() == 3
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('field-draft'))") == []


def test_a_helper_reports_somebody_in_need_on_the_phone(open_page, cast):
    page = open_page("/field/leads/new/", user=cast["helper"], width=390)
    assert serious_problems(page) == []
    page.get_by_label("谁家有困难？").fill("石大爷")
    page.get_by_label("主要是哪方面的困难？").select_option("care")
    page.get_by_label("看到了什么？").fill("腿脚不便，做饭吃力。")
    page.get_by_label("是", exact=True).check()
    page.get_by_role("button", name="登记线索").click()
    page.get_by_text("核实困难线索：照料护理").wait_for()
