"""Every declared programme from plan to closing: what a line writes in YAML is all that it needs."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.programmes.checking import Look, record_checks
from minzheng.foundation.programmes.loop import (
    ProblemDraft,
    assign_problem,
    find_problem,
    fix_problem,
    verify_problem,
)
from minzheng.foundation.programmes.models import (
    Answer,
    PlanNumber,
    Problem,
    ProblemState,
    State,
    Undertaking,
)
from minzheng.foundation.programmes.planning import plan_numbers
from minzheng.foundation.programmes.programmes import DECLARED
from minzheng.foundation.programmes.progress import accept, pass_step, report_done, report_progress
from minzheng.foundation.programmes.standing import parts, reached
from minzheng.foundation.programmes.tests.helpers import one_unit, photo
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)
COUNTY, YEAR = "431227000000", 2026


@pytest.mark.covers(
    "S-058",
    "S-069",
    "S-070",
    "S-071",
    by="minzheng/business/assistance/programmes.yaml",
    screen="/desk/programmes/",
)
@pytest.mark.covers(
    "S-085",
    "S-086",
    "S-087",
    "S-090",
    "S-093",
    "S-094",
    "S-098",
    "S-099",
    "S-101",
    "S-102",
    "S-103",
    "S-108",
    "S-111",
    by="minzheng/business/elderly/programmes.yaml",
    screen="/desk/programmes/",
)
@pytest.mark.covers("S-119", by="minzheng/business/children/programmes.yaml", screen="/desk/programmes/")
@pytest.mark.covers(
    "S-156", "S-157", by="minzheng/business/funeral/programmes.yaml", screen="/desk/programmes/"
)
@pytest.mark.covers("S-166", by="minzheng/business/disability/programmes.yaml", screen="/desk/programmes/")
@pytest.mark.covers(
    "S-224",
    "S-226",
    "S-240",
    "S-264",
    by="minzheng/business/supervision/programmes.yaml",
    screen="/desk/programmes/",
)
@pytest.mark.parametrize("code", [one.code for one in DECLARED])
def test_it_walks_the_whole_life_of_every_declared_programme(code, access):
    word = next(one for one in DECLARED if one.code == code)
    reviewer, approver, clerk = (access(name, TODAY) for name in ("reviewer", "approver", "clerk"))
    county = Region.objects.get(code=COUNTY)
    for target in word.targets:
        if not target.is_share:
            set_twice = [
                plan_numbers(
                    reviewer,
                    county,
                    programme=code,
                    year=YEAR,
                    target=target.code,
                    numbers={COUNTY: 3},
                    document="县民政局〔2026〕3号",
                )
                for _ in range(2)
            ]
            assert set_twice == [1, 0]
    planned = {target.code: 3 for target in word.figures}
    unit = one_unit(reviewer, code, YEAR, funds_fen=100_00, planned=planned)
    one_unit(reviewer, code, YEAR)
    assert Undertaking.objects.filter(programme=code).count() == 1

    for step in word.steps:
        proofs = [photo(clerk.user)] if step.needs_proof else []
        pass_step(clerk, unit, step=step.code, done_on=TODAY, proofs=proofs)
    report_progress(
        clerk,
        unit,
        progress=90,
        reached={target.code: 3 for target in word.figures},
        paid_fen=100_00 if word.has_funds else None,
    )
    if word.points:
        looks = {point.code: Look(Answer.OK) for point in word.points}
        looks[word.points[0].code] = Look(Answer.FAILS, "现场看到不符合")
        (problem,) = record_checks(clerk, unit, looks)
    else:
        problem = find_problem(clerk, unit, ProblemDraft("材料不齐"))
    assert record_checks(clerk, unit, {}) == []
    with pytest.raises(Refused, match="还有 1 个问题没有销号"):
        report_done(clerk, unit, proofs=[photo(clerk.user)])
    if problem.state == ProblemState.FOUND:
        assign_problem(access("township", TODAY), problem, measure="按清单改正")
    fix_problem(clerk, problem, note="已改正", photos=[photo(clerk.user)])
    with pytest.raises(Refused, match="不能是同一个人"):
        verify_problem(clerk, problem, passed=True)
    verify_problem(approver, problem, passed=True)
    assert Problem.objects.get().published_on == (TODAY if word.publishes else None)

    report_done(clerk, unit, proofs=[photo(clerk.user)])
    with pytest.raises(Refused, match="不能是同一个人"):
        accept(clerk, unit)
    accept(approver, unit)
    unit.refresh_from_db()
    assert (unit.state, unit.progress) == (State.DONE, 100)

    for one in reached(word, ["431227"], YEAR):
        assert one.value is not None, one.target.code
        assert one.target.counts != "done" or (one.value, one.planned, one.words) == (
            1,
            3,
            f"1 {one.target.unit}",
        )
        if one.target.is_share:
            assert one.value == 100
            # What another province was asked holds for nobody here.
            assert one.asked == (
                one.target.number if one.target.is_share and word.region[:2] == "43" else None
            )
        (part,) = [each for each in parts(word, one.target, county, TODAY, YEAR) if each.units]
        assert (part.region.code, part.value) == ("431227107000", one.value)
    assert PlanNumber.objects.filter(programme=code).count() == sum(not one.is_share for one in word.targets)
