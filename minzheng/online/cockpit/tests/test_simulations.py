"""标准测算 in the desk: fill in what changes, read what it would mean; only in one's own region, only sums."""

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from minzheng.datacenter.simulation.actions import cancel_simulation, start_simulation
from minzheng.datacenter.simulation.jobs import run_simulation
from minzheng.datacenter.simulation.models import Simulation, State
from minzheng.datacenter.simulation.tests.families import OTHER_VILLAGE, families, reform_of
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Category
from tests.browser import serious_problems

DB = pytest.mark.django_db
ON = dt.date(2026, 10, 1)
COUNTY, SIBLING, TOWNSHIP = "431227000000", "431228000000", "431227107000"
NEW = f"/cockpit/simulations/new/?region={COUNTY}&on=2026-10-01"


def logged_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def county(cast):
    """Twelve families in two townships: six gain, six come in."""
    families(6, 0)
    families(6, 450_000, OTHER_VILLAGE)


def made(access, who="approver", **changes):
    simulation = start_simulation(access(who), reform_region(), reform_of(**changes), ON)
    simulation.refresh_from_db()
    return simulation


def reform_document():
    from minzheng.foundation.rules import default_counter

    reform = reform_of()
    return reform.as_json(default_counter().standards(reform.base))


def reform_region(code=COUNTY):
    from minzheng.foundation.regions.models import Region

    return Region.objects.get(code=code)


@DB
def test_it_simulates_what_was_filled_in_and_shows_what_it_would_cost(county, cast):
    client = logged_in(cast["approver"])
    form = client.get(NEW).content.decode()
    assert "现行 4300.00元/年（2021年湖南省重点民生实事" in form
    assert 'value="2026-10-01"' in form, "the day is filled in, in the only way a date box reads"
    answer = client.post(NEW, {"title": "提高到4800元", "standard_dibao_rural": "4800元/年"}, follow=True)
    page = answer.content.decode()
    # six families get 41.67 more, six come in with 25.00
    assert "+400.02元" in page and "2,149.98元" in page and "2,550.00元" in page
    assert "晃洲镇" in page and "波洲镇" in page
    kept = Simulation.objects.get()
    assert (kept.state, kept.percent, kept.owner) == (State.DONE, 100, cast["approver"])
    assert (
        AuditEntry.objects.filter(action="simulation.run", region=COUNTY, actor=cast["approver"]).count() == 1
    )


@DB
@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": "方案", "standard_dibao_rural": "4299.99元/年"}, "只能提高不能降低"),
        ({"title": "方案", "standard_dibao_rural": "4800"}, "金额要写明单位"),
        ({"title": "方案", "standard_topup_percent_elder": "-1"}, "不能小于0"),
        ({"title": "方案"}, "请至少填写一项"),
        ({"standard_dibao_rural": "4800元/年"}, "请填写方案名称"),
    ],
)
def test_it_says_what_to_mend_and_keeps_what_was_typed(county, cast, said, refusal):
    answer = logged_in(cast["approver"]).post(NEW, said)
    page = answer.content.decode()
    assert answer.status_code == 422 and refusal in page
    assert all(f'value="{value}"' in page for value in said.values())
    assert not Simulation.objects.exists()


@DB
def test_it_takes_the_same_standard_as_today_and_changes_nothing(county, access):
    shown = made(access, dibao_rural="4300元/年").result["total"]
    assert (shown["difference_fen"], shown["households"]["same"]) == (0, 6)


@DB
def test_it_refuses_a_region_beside_ones_own(county, cast, access):
    client = logged_in(cast["approver"])
    answer = client.post(NEW.replace(COUNTY, SIBLING), {"title": "方案", "standard_dibao_rural": "4800元/年"})
    assert "不在您的辖区内" in answer.content.decode()
    assert not Simulation.objects.exists()
    kept = made(access)
    outsider = logged_in(cast["outsider"])
    for path in (f"/cockpit/simulations/{kept.pk}/", f"/cockpit/simulations/{kept.pk}/sheet/"):
        assert client.get(path).status_code == 200
        assert outsider.get(path).status_code in (403, 404)


@DB
def test_it_shows_a_township_only_its_own_simulations(county, cast, access):
    kept = made(access)
    client = logged_in(cast["township"])
    assert client.get(f"/cockpit/simulations/{kept.pk}/").status_code == 404
    assert kept.title not in client.get("/cockpit/simulations/").content.decode()
    own = start_simulation(access("township"), reform_region(TOWNSHIP), reform_of(), ON)
    assert own.title in client.get("/cockpit/simulations/").content.decode()


@DB
def test_it_is_an_act_that_needs_the_right_in_that_region(county, access):
    from django.core.exceptions import PermissionDenied

    for who in ("clerk", "outsider", "township"):
        with pytest.raises(PermissionDenied):
            made(access, who)
    assert not Simulation.objects.exists()


@DB
def test_it_refuses_a_village_and_a_standard_that_pays_nothing(county, access):
    with pytest.raises(Refused, match="会暴露个人情况"):
        start_simulation(access("approver"), reform_region("431227107203"), reform_of(), ON)
    with pytest.raises(Refused, match="不影响任何待遇的金额"):
        made(access, mean_topup_urban="400元/月")


@DB
def test_it_runs_a_job_once_and_says_when_it_could_not(county, cast, access):
    kept = made(access)
    before = kept.result
    run_simulation.call(kept.pk)
    kept.refresh_from_db()
    assert kept.result == before
    lost = Simulation.objects.create(
        title="坏", region_id=COUNTY, on=ON, reform={"title": "坏"}, owner=cast["approver"]
    )
    run_simulation.call(lost.pk)
    lost.refresh_from_db()
    assert lost.state == State.FAILED and "缺少 base" in lost.note
    page = logged_in(cast["approver"]).get(f"/cockpit/simulations/{lost.pk}/").content.decode()
    assert "没有完成" in page and "缺少 base" in page


@DB
def test_it_can_be_cancelled_while_it_waits_and_then_does_nothing(county, cast, access):
    waiting = Simulation.objects.create(
        title="等着", region_id=COUNTY, on=ON, reform=reform_document(), owner=cast["approver"]
    )
    page = logged_in(cast["approver"]).post(f"/cockpit/simulations/{waiting.pk}/cancel/", follow=True)
    assert "已取消，没有留下结果" in page.content.decode()
    run_simulation.call(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.result) == (State.CANCELLED, {})


@DB
def test_it_stops_at_the_next_step_when_it_is_cancelled_while_it_runs(county, cast, monkeypatch):
    running = Simulation.objects.create(
        title="跑着", region_id=COUNTY, on=ON, reform=reform_document(), owner=cast["approver"]
    )

    def cancel_then_go_on(counter, reform, region, on, today, progress):
        progress(60)
        Simulation.objects.filter(pk=running.pk).update(state=State.CANCELLED)
        progress(90)
        raise AssertionError("it went on after it was cancelled")

    monkeypatch.setattr("minzheng.datacenter.simulation.jobs.simulate", cancel_then_go_on)
    run_simulation.call(running.pk)
    running.refresh_from_db()
    assert (running.state, running.percent, running.result) == (State.CANCELLED, 60, {})


@DB
def test_it_is_cancelled_by_who_started_it_and_never_after_its_end(county, cast, access):
    waiting = Simulation.objects.create(
        title="等着", region_id=COUNTY, on=ON, reform=reform_document(), owner=cast["approver"]
    )
    with pytest.raises(Refused, match="请由本人取消"):
        cancel_simulation(access("province"), waiting)
    done = made(access)
    with pytest.raises(Refused, match="已经结束"):
        cancel_simulation(access("approver"), done)
    done.refresh_from_db()
    assert done.state == State.DONE and done.result


@DB
def test_it_exports_the_tables_of_the_page(county, cast, access):
    kept = made(access)
    answer = logged_in(cast["province"]).get(f"/cockpit/simulations/{kept.pk}/sheet/")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["说明", "前后变化", "各地情况", "城乡", "人群"]
    rows = {row[0]: row for row in book["各地情况"].values}
    assert rows["波洲镇"][-3:] == (0, 150, 150)
    assert rows["合计"][-3:] == (2149.98, 2550, 400.02)
    assert ("农村低保标准" in {row[0] for row in book["说明"].values}) and "某人" not in str(
        list(book["说明"].values)
    )


@DB
def test_it_hides_what_four_families_would_give_away(cast, access):
    families(4, 0)
    families(9, 0, OTHER_VILLAGE)
    kept = made(access)
    page = logged_in(cast["approver"]).get(f"/cockpit/simulations/{kept.pk}/").content.decode()
    assert "不显示" in page and "166.68" not in page and "375.03" not in page


@pytest.fixture
def open_simulation(cast, access):
    """A county with rises and falls of all sizes, on a result page."""
    families(9, 0)
    families(8, 400_000, OTHER_VILLAGE)
    families(7, 455_000, OTHER_VILLAGE, birth=dt.date(1950, 1, 1))
    families(11, 300_000, category=Category.URBAN, grade="一级")
    families(6, None)
    return made(access, dibao_rural="4800元/年", dibao_urban="620元/月", topup_percent_elder=10)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_it_shows_each_page_accessibly(open_page, cast, open_simulation, width):
    Simulation.objects.create(
        title="另一个方案",
        region_id=COUNTY,
        on=ON,
        reform={},
        owner=cast["approver"],
        state="running",
        percent=60,
    )
    for name, path in (
        ("result", f"{open_simulation.pk}/"),
        ("moving", f"{open_simulation.pk + 1}/"),
        ("list", ""),
        ("new", f"new/?region={COUNTY}&on=2026-10-01"),
    ):
        page = open_page(f"/cockpit/simulations/{path}", user=cast["approver"], width=width)
        if folder := os.environ.get("DESK_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert serious_problems(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_shows_the_result_by_itself_when_the_work_is_done(open_page, cast, open_simulation):
    moving = Simulation.objects.filter(pk=open_simulation.pk)
    moving.update(state=State.RUNNING, percent=60)
    page = open_page(f"/cockpit/simulations/{open_simulation.pk}/", user=cast["approver"])
    page.get_by_text("完成 60%").wait_for()
    moving.update(state=State.DONE)
    page.get_by_role("link", name="导出 Excel").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_goes_from_form_to_result_in_the_browser(open_page, county, cast):
    page = open_page(NEW, user=cast["approver"])
    page.get_by_label("方案名称").fill("提高到4800元")
    page.get_by_label("农村低保标准").fill("4800元/年")
    page.get_by_role("button", name="开始测算").click()
    page.get_by_text("+400.02元").first.wait_for()
