"""A home's rating from its own points to the plaque, and what may go wrong on the way."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.actions import register_issuer
from minzheng.foundation.certificates.models import Issued, Issuer
from minzheng.foundation.events.models import Event
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.applying import Score, apply_rating, hand_in_self, score_self
from minzheng.foundation.scoring.awards import ranking, split, split_award
from minzheng.foundation.scoring.grading import grading_of, mean
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
    vote,
)
from minzheng.foundation.scoring.models import Duty, State
from minzheng.foundation.scoring.reading import read_sheets
from minzheng.foundation.scoring.words import ScoreSheet
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


class Office:
    """The people of one rating, each with an access of the day."""

    def __init__(self, cast):
        self.cast, self.today = cast, DAY
        for name in ("e1", "e2", "e3", "e4", "e5"):
            cast[name] = User.objects.create(username=name, display_name=f"专家{name}")
            Assignment.objects.create(
                user=cast[name], role=Role.ASSESSOR, region_id=COUNTY, since=dt.date(2020, 1, 1)
            )

    def on(self, name):
        from minzheng.foundation.accounts.access import Access

        return Access(self.cast[name], self.today)


@pytest.fixture
def office(cast):
    return Office(cast)


def home(cast):
    made, _ = Facility.objects.get_or_create(
        kind="elder_home", name="晃州镇敬老院", region_id=VILLAGE, defaults={"opened_on": dt.date(2019, 1, 1)}
    )
    return made


def share(part_percent):
    """Every item at so many per cent, rounded up, so that every part reaches at least that."""
    version = shelf(ScoreSheet).get("elder_home").version_on(DAY)
    return {code: Score(-(-item.most * part_percent // 100)) for code, item in version.items.items()}


def begun(office, sheet="elder_home"):
    facility = home(office.cast)
    conditions = shelf(ScoreSheet).get(sheet).version_on(DAY).conditions
    one = apply_rating(
        office.on("reviewer"), sheet=sheet, region=facility.region, facility=facility, confirmed=conditions
    )
    score_self(office.on("reviewer"), one, share(85))
    hand_in_self(office.on("reviewer"), one)
    return one


def scored(office, one, percents=(82, 80)):
    appoint(office.on("approver"), one, users=[office.cast["e1"], office.cast["e2"]], duty=Duty.SITE)
    for name, percent in zip(("e1", "e2"), percents, strict=True):
        declare_no_tie(office.on(name), one)
        score_site(office.on(name), one, share(percent))
        finish_site(office.on(name), one)
    return one


def voted(office, one, choices=("agree", "agree", "disagree")):
    names = ("e3", "e4", "e5")
    appoint(office.on("approver"), one, users=[office.cast[name] for name in names], duty=Duty.COMMITTEE)
    for name, choice in zip(names, choices, strict=True):
        declare_no_tie(office.on(name), one)
        vote(office.on(name), one, choice=choice, note="护理人员偏少" if choice == "disagree" else "")
    return one


def granted(office):
    register_issuer(
        Issuer(region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W")
    )
    one = voted(office, scored(office, begun(office)), ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    office.today = DAY + dt.timedelta(days=8)
    return grant(office.on("approver"), one)


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


@pytest.mark.parametrize(("points", "expected"), [((3, 4), 4), ((3, 3), 3), ((2, 2, 3), 2), ((2, 3, 3), 3)])
def test_it_takes_the_mean_of_the_assessors_halves_upward(points, expected):
    assert mean(points) == expected


@pytest.mark.covers(
    "S-102", "S-120", "S-149", "S-162", by="standards/scoring/others.yaml", screen="/desk/ratings/"
)
@pytest.mark.parametrize(
    ("sheet", "part_percent", "grade"),
    [
        ("rural_home_works", 59, 0), ("rural_home_works", 60, 1), ("rural_home_works", 75, 2), ("rural_home_works", 90, 3),
        ("minor_protection", 84, 0), ("minor_protection", 85, 1),
        ("marriage_registry", 69, 0), ("marriage_registry", 70, 3), ("marriage_registry", 80, 4), ("marriage_registry", 90, 5),
        ("rescue_station", 59, 0), ("rescue_station", 60, 1), ("rescue_station", 75, 2), ("rescue_station", 90, 3),
    ],
)  # fmt: skip
def test_it_grades_by_each_sheets_own_table_and_says_what_is_missing(sheet, part_percent, grade):
    word = shelf(ScoreSheet).get(sheet)
    version = word.versions[0]
    least = min((one.total for one in version.grades), default=0)
    sums = {part.code: part.most * part_percent // 100 for part in version.parts}
    short = part_percent - sum(sums.values())
    sums[version.parts[0].code] += max(0, short)  # the total stands exactly at the limit, or one below it
    given = grading_of(word, version, sums, COUNTY, DAY)
    assert (given["grade"], given["total"]) == (grade, part_percent)
    assert grade or f"总分 {part_percent}，低于 {least}" in given["clauses"][-1]["text"]


def test_it_says_which_part_keeps_a_sheet_from_its_grade():
    word = shelf(ScoreSheet).get("rural_home_works")
    given = grading_of(
        word,
        word.versions[0],
        {"safety": 9, "clean": 20, "warmth": 20, "culture": 20, "rehab": 20},
        COUNTY,
        DAY,
    )
    assert (given["grade"], given["total"]) == (0, 89)
    assert "安全工程得 9 分，不到 20 分的 50%" in given["clauses"][-1]["text"]


def test_it_tells_which_field_of_a_sheet_is_wrong(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(
        "x:\n  title: 甲\n  subject: 乙\n  versions:\n    - {from: 2020-01-01, cite: 丙, parts: [{code: a, title: 丁, most: 9, items: [戊: 10]}]}\n",
        encoding="utf-8",
    )
    (sheet,) = read_sheets(tmp_path)
    said = "".join(sheet.problems())
    assert "line：没有填写" in said and "丁 各项合计 10 分，文件规定 9 分" in said and "没有 grades" in said
    assert [problem for sheet in shelf(ScoreSheet) for problem in sheet.problems()] == []


@given(st.integers(1, 10**10), st.lists(st.integers(0, 1000), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_it_shares_an_award_out_to_the_last_fen_and_never_pays_less_for_more(pool, weights):
    shares = split(pool, dict(enumerate(weights)))
    assert sum(shares.values()) == (pool if any(weights) else 0)
    ordered = sorted(range(len(weights)), key=lambda one: weights[one])
    assert all(shares[a] <= shares[b] + 1 for a, b in pairwise(ordered))


@pytest.mark.covers("S-068", by="minzheng/foundation/scoring/awards.py", screen="/desk/ratings/ranking/")
def test_it_ranks_by_score_and_splits_an_award_exactly(office):
    county = Region.objects.get(code=COUNTY)
    for name, percent in (("晃州镇", 90), ("波洲镇", 60)):
        sheet = shelf(ScoreSheet).get("assistance_performance")
        scores = {
            code: Score(-(-item.most * percent // 100)) for code, item in sheet.versions[0].items.items()
        }
        one = apply_rating(office.on("reviewer"), sheet=sheet.code, region=county, name=name)
        score_self(office.on("reviewer"), one, scores)
        hand_in_self(office.on("reviewer"), one)
        appoint(office.on("approver"), one, users=[office.cast["e1"], office.cast["e2"]], duty=Duty.SITE)
        for judge in ("e1", "e2"):
            declare_no_tie(office.on(judge), one)
            score_site(office.on(judge), one, scores)
            finish_site(office.on(judge), one)
        assert one.state == State.SCORED
    assert [one.name for one in ranking("assistance_performance", county, 2026)] == ["晃州镇", "波洲镇"]
    made = split_award(
        office.on("approver"), county, sheet="assistance_performance", year=2026, pool_fen=100_00
    )
    # 92 and 60 points of 152: 60.526… and 39.473… yuan; the fen that is left goes to the larger remainder.
    assert sorted(made.shares.values()) == [39_47, 60_53]
