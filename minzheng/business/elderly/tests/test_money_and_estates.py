"""S-110: a clue is followed from the first word to the money that came back. S-098, S-099: an estate gate by gate."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minzheng.business.elderly.estates import actions as estates
from minzheng.business.elderly.estates.actions import due_area, note_problem, pass_gate
from minzheng.business.elderly.estates.models import Estate
from minzheng.business.elderly.estates.register import estates as rows
from minzheng.business.elderly.fraud import actions as clues
from minzheng.business.elderly.fraud.actions import check_clue, close_clue, hand_over, was_filed
from minzheng.business.elderly.fraud.models import Clue
from minzheng.business.elderly.indicators import FOUR_RATES, IN_STEP, RECOVERED, SETTLED
from minzheng.business.elderly.institutions.tests.making import home
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
NOW = dt.date.today()
AGO = NOW - dt.timedelta(days=10)
CHECK = {"found": "new", "finding": "收了三十六位老人的会员费，许诺每年返利", "checked_on": NOW}


def clue(**facts):
    return Clue.objects.create(
        **{"region_id": COUNTY, "target": "夕阳红康养", "source": "report", "scheme": "project", "told_on": AGO,
           "story": "许诺年息两成"} | facts
    )  # fmt: skip


@pytest.mark.covers(
    "S-110", by="minzheng/business/elderly/fraud", screen="/desk/registers/elder-fraud-clues/"
)
def test_a_clue_is_checked_handed_over_filed_and_the_money_comes_back(access, cast):
    one, county = clue(), access("reviewer", NOW)
    assert clues.send(NOW) == 1 and clues.send(NOW) == 0
    with pytest.raises(PermissionDenied):
        check_clue(access("clerk", NOW), one, **CHECK)
    with pytest.raises(Refused, match="请先登记核查情况"):
        hand_over(county, one, to="police", letter_no="晃民函〔2026〕3号", handed_on=NOW)
    with pytest.raises(Refused, match="今天以前"):
        check_clue(county, one, **CHECK | {"checked_on": AGO - dt.timedelta(days=1)})
    check_clue(county, one, **CHECK)
    hand_over(county, one, to="police", letter_no="晃民函〔2026〕3号", handed_on=NOW)
    was_filed(county, one, case_no="晃公（经）立字〔2026〕12号", filed_on=NOW)
    done = close_clue(county, one, result="判决退赔", recovered_fen=860_000)
    assert (done.state, done.checked_by, done.recovered_fen) == ("closed", county.user.person, 860_000)
    with pytest.raises(Refused, match="已办结"):
        close_clue(county, one, result="再办结")
    month = NOW.replace(day=1)
    if AGO.year == NOW.year:
        assert SETTLED.formula.numerator.rows(month).count() == 1
    assert RECOVERED.formula.numerator.rows(month).get() == done


def test_what_is_not_true_ends_and_what_is_only_untidy_is_mended(access, cast):
    county = access("approver", NOW)
    ended = check_clue(county, clue(), **CHECK | {"found": "unfounded"})
    assert (ended.state, ended.closed_on) == ("unfounded", NOW)
    mended = check_clue(county, clue(target="晚晴家政"), **CHECK | {"found": "ordered"})
    assert close_clue(county, mended, result="已退还预收款").state == "closed"


def test_a_watch_over_prepaid_money_that_was_handed_over_is_followed_on(access, cast):
    where = home()
    draft = TaskDraft(
        origin="homes.prepaid:card:1:2026-10", region=where.facility.region_id, title=f"{where.facility.name}：预收费异常",
        reason="会员费余额达到预警线", subject=where.facility.name,
    )  # fmt: skip
    open_tasks("homes.prepaid", [draft], NOW)
    visit = VisitDraft("hand_over", answers={"found": "账目不清"}, position=Position(27.3, 109.2))
    record_visit(access("reviewer", NOW), Task.objects.get(kind="homes.prepaid"), visit)
    made = Clue.objects.get()
    assert (made.facility, made.source, made.scheme) == (where.facility, "prepaid", "service")


def estate(**facts):
    return Estate.objects.create(
        **{"name": "龙溪花园", "region_id": VILLAGE, "households": 620, "delivered_on": NOW} | facts
    )


def passed(county, one, until, on=AGO):
    for gate in ("plan", "build", "accept", "hand"):
        pass_gate(county, one, on=on, paper=f"{gate}1号", area=124 if gate in ("plan", "accept") else None)
        if gate == until:
            return Estate.objects.get(pk=one.pk)
    return one


@pytest.mark.covers(
    "S-098", "S-099", by="minzheng/business/elderly/estates", screen="/desk/registers/elder-estates/"
)
def test_rooms_for_the_old_pass_four_gates_with_the_homes_and_then_are_used(access, cast):
    one, county = estate(), access("reviewer", NOW)
    assert (due_area(one, NOW), due_area(estate(name="老小区", is_new=False), NOW)) == (124, 93)
    for area in (None, 123):
        with pytest.raises(Refused, match="至少124平方米"):
            pass_gate(county, one, on=AGO, paper="规划1号", area=area)
    with pytest.raises(PermissionDenied):
        pass_gate(access("clerk", NOW), one, on=AGO, paper="规划1号", area=124)
    note_problem(access("clerk", NOW), one, problem="图纸上没有标养老用房")
    stands = passed(county, one, "hand")
    assert (stands.gate, stands.problem, stands.papers["hand"]) == ("hand", "", "hand1号")
    assert rows().get(pk=one.pk).in_step
    with pytest.raises(Refused, match="先在设施台账开办"):
        pass_gate(county, one, on=NOW, paper="开放", facility="龙溪花园日间照料中心")
    Facility.objects.create(kind="day_care", name="龙溪花园日间照料中心", region_id=VILLAGE, opened_on=NOW)
    used = pass_gate(county, one, on=NOW, paper="开放", facility="龙溪花园日间照料中心")
    assert (used.next_gate, used.facility.kind) == ("", "day_care")
    with pytest.raises(Refused, match="都过了"):
        pass_gate(county, one, on=NOW, paper="再")
    with pytest.raises(IntegrityError, match="estate_use_after_hand"), transaction.atomic():
        Estate.objects.filter(pk=one.pk).update(hand_on=None)


@pytest.mark.parametrize(("delivered", "in_step", "told"), [(0, True, 0), (-1, False, 1)])
def test_what_comes_a_day_after_the_homes_is_not_in_step(access, cast, delivered, in_step, told):
    one = estate(delivered_on=NOW + dt.timedelta(days=delivered))
    passed(access("reviewer", NOW), one, "accept")
    assert estates.send(NOW) == told and estates.send(NOW) == 0
    pass_gate(access("reviewer", NOW), one, on=NOW, paper="移交协议")
    assert rows().get(pk=one.pk).in_step is in_step
    month = NOW.replace(day=1)
    assert IN_STEP.formula.numerator.rows(month).exists() is in_step
    assert [one.formula.numerator.rows(month).count() for one in FOUR_RATES] == [1, 1, 1, 0]
