"""A home's rating from its own points to the plaque, and what may go wrong on the way."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.demo.cast import COUNTY, PROVINCE
from minzheng.foundation.accounts.models import Assignment, User
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.actions import register_issuer
from minzheng.foundation.certificates.models import Issued, Issuer
from minzheng.foundation.events.models import Event
from minzheng.foundation.scoring.applying import apply_rating
from minzheng.foundation.scoring.granting import (
    answer_objection,
    certificate_of,
    expire,
    grant,
    lower,
    record_objection,
    withdraw,
)
from minzheng.foundation.scoring.handlers import look_after_grades
from minzheng.foundation.scoring.judging import (
    appoint,
    close_vote,
    declare_no_tie,
    finish_site,
    score_site,
)
from minzheng.foundation.scoring.models import Duty, State
from minzheng.foundation.scoring.tests.making import DAY, begun, granted, home, scored, share, voted
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.covers("S-083", "S-084", by="minzheng/foundation/scoring/granting.py", screen="/desk/ratings/")
def test_it_gives_a_home_its_plaque_after_seven_whole_days_of_publicity(office):
    register_issuer(
        Issuer(region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W")
    )
    one = scored(office, begun(office))
    assert (one.state, one.grade, one.grade_title) == (State.COMMITTEE, 4, "四级")
    said = [clause["text"] for clause in one.grading["clauses"]]
    assert "养老机构等级：4" in said and any("达到五级：否" in text for text in said)
    voted(office, one, ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    assert one.public_until == DAY + dt.timedelta(days=7)
    office.today = DAY + dt.timedelta(days=7)
    with pytest.raises(Refused, match="公示到"):
        grant(office.on("approver"), one)
    office.today = DAY + dt.timedelta(days=8)
    with pytest.raises(Refused, match="不能是同一个人"):
        grant(office.on("reviewer"), one)
    grant(office.on("approver"), one)
    plaque = Issued.objects.get(kind="elder_home_grade")
    assert (one.granted_on, one.valid_until) == (dt.date(2026, 3, 10), dt.date(2029, 3, 9))
    assert (plaque.name, plaque.person_id, plaque.valid_until) == ("晃州镇敬老院", None, one.valid_until)
    assert Event.objects.get(kind="rating.granted").payload["grade"] == 4


def test_it_leaves_the_fifth_grade_to_the_province_to_give_and_to_take(office):
    one = voted(office, scored(office, begun(office), (95, 96)), ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    office.today = DAY + dt.timedelta(days=8)
    with pytest.raises(Refused, match="五级由省级民政部门授牌"):
        grant(office.on("approver"), one)
    above = User.objects.create(username="hall", display_name="省厅")
    Assignment.objects.create(
        user=above, role="county_approver", region_id=PROVINCE, since=dt.date(2020, 1, 1)
    )
    office.cast["hall"] = above
    grant(office.on("hall"), one)
    assert (one.state, one.grade_title) == (State.GRANTED, "五级")
    with pytest.raises(Refused, match="五级由省级民政部门降低等级"):
        lower(office.on("approver"), one, grade=4, reason="抽查")
    lower(office.on("hall"), one, grade=4, reason="抽查")
    withdraw(
        office.on("approver"), one, reason="发生重大安全责任事故"
    )  # a fourth grade is the county's again


def test_it_lowers_and_withdraws_a_grade_with_its_certificate(office):
    one = granted(office)
    with pytest.raises(Refused, match="更低的一级"):
        lower(office.on("approver"), one, grade=4, reason="抽查")
    lower(office.on("approver"), one, grade=2, reason="抽查发现护理人员不足")
    assert dict(certificate_of(one).rows)["等级"] == "二级"
    withdraw(office.on("approver"), one, reason="发生重大安全责任事故")
    assert (one.state, certificate_of(one)) == (State.WITHDRAWN, None)
    assert Event.objects.filter(kind__in=["rating.lowered", "rating.withdrawn"]).count() == 2


def test_it_warns_ninety_days_before_a_grade_runs_out_once_and_ends_it_the_day_after(office):
    one = granted(office)
    for days, told in ((91, 0), (90, 1), (0, 1)):
        look_after_grades(day=(one.valid_until - dt.timedelta(days=days)).isoformat())
        assert Task.objects.filter(kind="rating.renew").count() == told
    assert expire(one.valid_until) == 0
    assert expire(one.valid_until + dt.timedelta(days=1)) == 1


def test_it_lets_nobody_judge_what_is_near_or_on_both_sides(office):
    one = begun(office)
    with pytest.raises(Refused, match="办理了这次申报"):
        appoint(office.on("approver"), one, users=[office.cast["reviewer"]], duty=Duty.SITE)
    with pytest.raises(Refused, match="没有评定的任职"):
        appoint(office.on("approver"), one, users=[office.cast["clerk"]], duty=Duty.SITE)
    appoint(office.on("approver"), one, users=[office.cast["e1"], office.cast["e2"]], duty=Duty.SITE)
    with pytest.raises(Refused, match="请先承诺"):
        score_site(office.on("e1"), one, share(80))
    with pytest.raises(Refused, match="没有被指派"):
        declare_no_tie(office.on("e3"), one)
    declare_no_tie(office.on("e1"), one)
    with pytest.raises(Refused, match="还有"):
        finish_site(office.on("e1"), one)
    score_site(office.on("e1"), one, share(80))
    finish_site(office.on("e1"), one)
    assert one.state == State.SITE, "one assessor alone decides nothing"
    declare_no_tie(office.on("e2"), one)
    score_site(office.on("e2"), one, share(80))
    finish_site(office.on("e2"), one)
    with pytest.raises(Refused, match="已担任现场评分"):
        appoint(office.on("approver"), one, users=[office.cast["e1"]], duty=Duty.COMMITTEE)


def test_it_sends_back_what_the_committee_or_an_objection_does_not_accept(office):
    one = voted(office, scored(office, begun(office)), ("agree", "disagree", "disagree"))
    close_vote(office.on("approver"), one)
    assert (one.state, one.reason[:6]) == (State.SITE, "委员会未通过")
    for name in ("e1", "e2"):
        finish_site(office.on(name), one)
    voted(office, one, ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    told = record_objection(office.on("approver"), one, text="床位数与实际不符")
    office.today = DAY + dt.timedelta(days=8)
    with pytest.raises(Refused, match="异议没有答复"):
        grant(office.on("approver"), one)
    answer_objection(office.on("approver"), told, answer="核实床位少于申报", upheld=True)
    one.refresh_from_db()
    assert one.state == State.SITE


def test_it_ends_without_a_grade_and_refuses_two_ratings_at_once(office):
    one = begun(office)
    with pytest.raises(Refused, match="已有一次评定正在进行"):
        begun(office)
    scored(office, one, (30, 35))
    assert (one.state, one.grade) == (State.REFUSED, 0)
    assert begun(office).pk != one.pk
    with pytest.raises(Refused, match="还没有确认"):
        apply_rating(
            office.on("reviewer"), sheet="elder_home", region=home(office.cast).region, name="另一家"
        )
