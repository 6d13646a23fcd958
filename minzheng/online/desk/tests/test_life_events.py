"""Something happened: the page says what will follow, records it, shows each effect, and lets another take it back."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.people.models import LifeEvent
from tests.browser import serious_problems

pytestmark = pytest.mark.django_db
DIED = dt.date.today() - dt.timedelta(days=20)


@pytest.fixture
def holder(access, cast):
    decided = dt.date(2025, 1, 5)
    grant(
        access("approver", decided),
        cast["xiuying"].person,
        code="nursing_subsidy",
        amount_fen=7000,
        why=Why("granted", "国发〔2015〕52号", decided),
        applied_on=decided,
    )
    return cast["xiuying"].person


def answers(**more):
    return {"kind": "death", "happened_on": DIED.isoformat(), "source": "死亡证明", "to_region": ""} | more


def test_it_shows_what_would_follow_before_anything_does(as_user, holder):
    page = as_user("clerk").post(f"/desk/people/{holder.pk}/events/new/", answers())
    assert "死亡后调整待遇：重度残疾人护理补贴（杨秀英）" in page.content.decode()
    assert not LifeEvent.objects.exists()
    assert Entitlement.objects.get().until_month is None


def test_it_records_shows_the_effects_and_another_takes_it_back(as_user, holder):
    page = as_user("clerk").post(f"/desk/people/{holder.pk}/events/new/", answers(confirmed="1"), follow=True)
    assert "重度残疾人护理补贴（杨秀英）" in page.content.decode()
    event = LifeEvent.objects.get()
    undo = f"/desk/life-events/{event.pk}/undo/"
    own = as_user("clerk").post(undo, {"reason": "误登", "confirmed": "1"})
    assert own.status_code == 403
    reviewer = as_user("reviewer")
    empty = reviewer.post(undo, {"reason": ""})
    assert empty.status_code == 422 and "请填写理由" in empty.content.decode()
    trial = reviewer.post(undo, {"reason": "同名误登"}).content.decode()
    assert "确认后会这样办理" in trial and "恢复被误停的待遇：重度残疾人护理补贴（杨秀英）" in trial
    assert Entitlement.objects.get().state == State.ENDED, "nothing is done before it is confirmed"
    done = reviewer.post(undo, {"reason": "同名误登", "confirmed": "1"}, follow=True).content.decode()
    assert "已撤销" in done and "恢复被误停的待遇" in done
    assert Entitlement.objects.get().state == State.ACTIVE


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"happened_on": (dt.date.today() + dt.timedelta(days=1)).isoformat()}, "晚于今天"),
        ({"kind": ""}, "请选择发生了什么"),
        ({"kind": "marriage"}, "marriage"),
        ({"kind": "move", "to_region": "999"}, "12 位区划代码"),
    ],
)
def test_it_says_what_to_mend_and_keeps_what_was_written(as_user, holder, wrong, says):
    page = as_user("clerk").post(f"/desk/people/{holder.pk}/events/new/", answers(**wrong))
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not LifeEvent.objects.exists()


def test_no_officer_of_another_county_sees_it(as_user, access, holder):
    from minzheng.foundation.people.actions import record_life_event

    event = record_life_event(access("clerk"), holder, "death", DIED, "死亡证明")
    outsider = as_user("outsider")
    assert outsider.get(f"/desk/life-events/{event.pk}/").status_code == 404
    assert outsider.get(f"/desk/people/{holder.pk}/events/new/").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_readable_on_a_phone(open_page, cast, holder):
    page = open_page(f"/desk/people/{holder.pk}/events/new/", user=cast["clerk"], width=390)
    page.get_by_label("发生了什么").select_option("death")
    page.get_by_label("发生日期").fill(DIED.isoformat())
    page.get_by_label("依据").select_option("死亡证明")
    page.get_by_role("button", name="看看会发生什么").click()
    expect(page.get_by_text("登记后随之办理")).to_be_visible()
    assert serious_problems(page) == []
    page.get_by_role("button", name="确认登记").click()
    expect(page.get_by_role("heading", name="随之办理的事")).to_be_visible()
    assert serious_problems(page) == []
