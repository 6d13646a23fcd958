"""From the application to the register: notice, evaluation, bars, races, what follows and what is taken back."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections

from minzheng.business.adoption.accepting import find_out, refuse, withdraw
from minzheng.business.adoption.certificates import refusals_of
from minzheng.business.adoption.clocks import decide_by, notice_until, stands_still
from minzheng.business.adoption.evaluating import report, score, start_bonding, start_evaluation
from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models import Adoption, Application, Evaluation
from minzheng.business.adoption.registering import register, reissue
from minzheng.business.adoption.searching import record_claim, settle_claim
from minzheng.business.adoption.tests.families import (
    COUNTY,
    DAY,
    TEAM,
    apply,
    evaluate,
    person,
    published,
    ready_on,
    scores,
)
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.registers import issued
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.rules import decide

START = dt.date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(at, access, man, woman, child):
    return ready_on(access, START, man, woman, child)


@pytest.mark.parametrize(
    ("began", "until"),
    [
        ("2027-12-31", "2028-02-29"),  # into a leap day
        ("2026-12-31", "2027-03-01"),  # no leap day
        ("2026-07-02", "2026-08-31"),  # the end of a month
        ("2026-08-02", "2026-10-01"),  # ends on the national day: it does not roll (DC2)
    ],
)
def test_the_notice_counts_natural_days_and_never_rolls(began, until):
    day = dt.date.fromisoformat
    assert notice_until(day(began), COUNTY) == day(until)


def test_the_decision_s_clock_stands_still_while_the_notice_and_the_evaluation_run(at, man, woman, child):
    application = apply(at(START), man, woman, child)
    assert decide_by(application, None, None, START) == dt.date(2026, 4, 1)
    notice = published(at(START + 5 * DAY), application, START + 5 * DAY)
    # On the twentieth day of the notice the limit has moved by twenty days, after its end by sixty and no more.
    assert decide_by(application, notice, None, notice.began_on + 20 * DAY) == dt.date(2026, 4, 21)
    assert decide_by(application, notice, None, notice.until + 90 * DAY) == dt.date(2026, 5, 31)
    still = (START, notice.began_on, notice.until, notice.until + DAY)
    assert [stands_still(notice, None, day) for day in still] == [False, True, True, False]
    # An evaluation inside the notice costs nothing more; the days that it runs on alone do.
    inside = Evaluation(began_on=notice.began_on + DAY, reported_on=notice.until)
    assert decide_by(application, notice, inside, notice.until) == dt.date(2026, 5, 31)
    longer = Evaluation(began_on=notice.began_on + DAY, reported_on=notice.until + 3 * DAY)
    assert decide_by(application, notice, longer, notice.until + 9 * DAY) == dt.date(2026, 6, 3)
    for step, still in (("running", True), ("passed", False), ("failed", False)):
        evaluation = Evaluation(region_id=COUNTY, began_on=START, step=step)
        assert stands_still(None, evaluation, notice.until + DAY) is still


def test_a_foundling_is_adopted_on_the_day_after_the_notice_and_not_before(at, ready, man, woman, child):
    last = ready.notice.until
    with pytest.raises(Refused, match="寻亲公告没有期满"):
        register(at(last), ready)
    adoption = register(at(last + DAY), ready)
    assert adoption.number == "（2026）新晃收字00001"
    copies = Issued.objects.filter(kind="adopted")
    assert {one.person_id for one in copies} == {man.pk, woman.pk}
    assert {one.number for one in copies} == {adoption.number}
    assert child.memberships.get(until=None).relation == "子"
    assert person_document(child, last + DAY)["members"][0]["adopted"] is True
    assert Event.objects.filter(kind="person.adopted", payload__person=child.pk).exists()
    with pytest.raises(Refused, match="已登记"):
        register(at(last + 2 * DAY), ready)


def test_whoever_answers_the_notice_stops_everything_until_it_is_found_out(at, ready):
    last = ready.notice.until
    claim = record_claim(at(last), ready, story="自称外祖母，说明见笔录")
    with pytest.raises(Refused, match="有人认领"):
        register(at(last + DAY), ready)
    settle_claim(at(last + 5 * DAY), claim, is_upheld=False, proof="司鉴2026-1")
    other = record_claim(at(last + 6 * DAY), ready, story="另一人")
    settle_claim(at(last + 9 * DAY), other, is_upheld=True, proof="司鉴2026-2")
    ready.refresh_from_db()
    assert (ready.state, ready.closed_on) == ("claimed", last + 9 * DAY)
    with pytest.raises(Refused, match="不能再办"):
        register(at(last + 10 * DAY), ready)


@pytest.mark.covers(
    "S-131", by="minzheng/business/adoption/evaluating.py", screen="/desk/registers/adoption_evaluations/"
)
def test_two_evaluators_judge_after_thirty_days_together(at, access, man, woman, child, cast):
    application = apply(at(START), man, woman, child)
    two = [cast[login] for login in TEAM]
    with pytest.raises(Refused, match="至少2人"):
        start_evaluation(at(START), application, two[:1])
    with pytest.raises(Refused, match="不能做收养评估"):
        start_evaluation(at(START), application, [two[0], cast["clerk"]])
    evaluation = start_evaluation(at(START), application, two)
    assert evaluation.due_on == dt.date(2026, 5, 1)
    start_bonding(access(TEAM[0], START), evaluation, bonding_from=START)
    evaluation.refresh_from_db()
    assert evaluation.bonding_until == dt.date(2026, 4, 1)
    given = {"pledged": True, "is_clear": True, "visited_on": START, "opinion": "好"}
    with pytest.raises(Refused, match="融合期还没有满"):
        score(access(TEAM[0], dt.date(2026, 4, 1)), evaluation, scores(evaluation, 80), **given)
    after = access(TEAM[0], dt.date(2026, 4, 2))
    with pytest.raises(Refused, match="利害关系"):
        score(after, evaluation, scores(evaluation, 80), **given | {"pledged": False})
    with pytest.raises(PermissionDenied, match="评估员"):
        score(at(dt.date(2026, 4, 2)), evaluation, scores(evaluation, 80), **given)
    score(after, evaluation, scores(evaluation, 80), **given)
    with pytest.raises(Refused, match="还有评估员没有评分"):
        report(after, evaluation, report="…")
    score(access(TEAM[1], dt.date(2026, 4, 2)), evaluation, scores(evaluation, 60), **given)
    with pytest.raises(Refused, match="至少走访1次"):
        report(after, evaluation, report="…")


@pytest.mark.parametrize(
    ("points", "is_clear", "step"), [(60, True, "passed"), (59, True, "failed"), (100, False, "failed")]
)
def test_points_decide_and_what_speaks_against_it_outweighs_them(
    at, access, man, woman, child, points, is_clear, step
):
    application = apply(at(START), man, woman, child, kind=ChildKind.ORPHAN)
    evaluation = evaluate(access, application, START, points=points, is_clear=is_clear)
    assert evaluation.step == step
    application.refresh_from_db()
    if step == "failed":
        with pytest.raises(Refused, match="收养评估没有通过"):
            register(at(START + 40 * DAY), application)
        refuse(at(START + 40 * DAY), application)
        assert "收养评估没有通过" in application.__class__.objects.get(pk=application.pk).closed_why
        told = refusals_of(application)
        assert [one.person for one in told] == [man, woman]
        assert "收养评估没有通过" in dict(told[0].rows)["理由"] and "行政复议" in told[0].note
        assert child.name not in str(told[0].rows)
    else:
        assert register(at(START + 40 * DAY), application).kind == ChildKind.ORPHAN


def test_a_stepchild_needs_no_evaluation_and_whoever_evaluated_does_not_register(
    at, access, ready, man, cast
):
    with pytest.raises(Refused, match="评估和登记不能是同一个人"):
        register(access("registrar2", ready.notice.until + DAY), ready)
    stepchild = person("吴继女", "2020-01-01", 12)
    step = apply(at(START), man, None, stepchild, kind=ChildKind.STEP)
    with pytest.raises(Refused, match="继子女不做收养评估"):
        start_evaluation(at(START), step, [cast[login] for login in TEAM])
    assert register(at(START), step).number == "（2026）新晃收字00001"


def test_what_is_unknown_is_neither_yes_nor_no_and_is_named(at, man, woman, child):
    application = apply(at(START), man, woman, child, kind=ChildKind.STEP, placer_agrees=None)
    with pytest.raises(Refused, match="没有查清：送养人同意"):
        register(at(START), application)
    with pytest.raises(Refused, match="没有法律障碍"):
        refuse(at(START), application)
    find_out(at(START), application, {"placer_agrees": False})
    with pytest.raises(Refused, match="民法典 第一千零九十六条"):
        register(at(START), application)
    withdraw(at(START), application, reason="生父不同意")
    assert Application.objects.get(pk=application.pk).state == "withdrawn"
    again = apply(at(START), man, woman, child)
    with pytest.raises(Refused, match="没有办结"):
        apply(at(START), man, None, child)
    assert again.number == "431227-2026-SY000002"


def test_the_rule_of_orphans_reads_the_register(at, ready, child):
    day = ready.notice.until + DAY
    register(at(day), ready)
    document = person_document(child, day)
    document["members"][0] |= {"parents_not_found": True}
    assert decide(document | {"standards": "demo"}, want=["orphan"], about=0)["orphan"] is False


def test_no_general_list_of_the_desk_and_no_trail_of_the_child_tells_of_it(at, ready, child):
    register(at(ready.notice.until + DAY), ready)
    assert not issued().exists()
    told = AuditEntry.objects.filter(persons__contains=[child.pk])
    assert not [entry.title for entry in told if "收养" in entry.title]


def test_a_copy_is_given_again_and_the_old_one_is_void_at_once(at, ready, man, child):
    day = ready.notice.until + DAY
    adoption = register(at(day), ready)
    made = reissue(at(day), adoption, man, reason="遗失")
    assert made.number == "（2026）新晃补收字00001"
    assert list(Issued.objects.filter(person=man, state="valid").values_list("number", flat=True)) == [
        made.number
    ]
    with pytest.raises(Refused, match="已成年的被收养人"):
        reissue(at(day), adoption, child, reason="遗失")
    grown = dt.date(2042, 2, 28)  # born on a 29 February: of age on the 28th (DC3)
    with pytest.raises(Refused, match="已成年的被收养人"):
        reissue(at(grown - DAY), adoption, child, reason="遗失")
    assert reissue(at(grown), adoption, child, reason="遗失").holder == child


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_share_no_number_and_no_family_gets_one_child_too_many(at, access, cast):
    """Four families, and two counters that register a second and a third child of one family."""
    everybody = []
    for i in range(4):
        parent, step = (
            person(f"养父{i}", "1980-01-01", 101 + 2 * i),
            person(f"孩子{i}", "2020-01-01", 201 + 2 * i),
        )
        everybody.append(apply(at(START), parent, None, step, kind=ChildKind.STEP))
    mother = person("独自的养母", "1980-01-01", 302)
    for i in range(2):
        girl = person(f"女孩{i}", "2022-01-01", 402 + 2 * i)
        one = apply(
            at(START), mother, None, girl, kind=ChildKind.KIN, adopter_married=False, children_count=1
        )
        evaluate(access, one, START)
        everybody.append(one)
    day = START + 40 * DAY
    gate, told = threading.Barrier(len(everybody)), []

    def at_the_counter(application) -> None:
        gate.wait()
        try:
            told.append(register(access("registrar", day), application).number)
        except Refused as refusal:
            told.append(refusal.messages[0])
        finally:
            close_old_connections()

    threads = [threading.Thread(target=at_the_counter, args=(one,)) for one in everybody]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    numbers = sorted(text for text in told if text.startswith("（2026）"))
    assert numbers == [f"（2026）新晃收字{i:05d}" for i in range(1, 6)]
    assert len([text for text in told if "子女已达到规定的人数" in text]) == 1
    assert Adoption.objects.filter(adopter=mother).count() == 1


def test_nothing_else_is_touched_by_a_refusal(at, ready):
    with pytest.raises(Refused):
        register(at(ready.notice.until), ready)
    assert not Adoption.objects.exists() and not Issued.objects.exists()
    assert not Entitlement.objects.exists()
