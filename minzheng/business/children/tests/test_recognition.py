"""Orphans and unattended children, from the application to the last month (handbook EX13–EX15, 0.4, 0.7)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.children.models import Parent
from minzheng.business.children.tests.journey import (
    FATHER_DEAD,
    MOTHER_IN_PRISON,
    OPINION,
    Journey,
    a_child,
    lives_with,
)
from minzheng.datacenter.certification.certify import certify
from minzheng.datacenter.certification.models import Certification
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, grant
from minzheng.foundation.benefits.ages import end_at_age
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.cases.api import blank_record
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
MARCH_2, MARCH_20 = dt.date(2026, 3, 2), dt.date(2026, 3, 20)


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def right(code: str) -> Entitlement:
    return Entitlement.objects.get(benefit=code)


def a_parent(name: str, id_no: str, born: str) -> Person:
    return Person.objects.create(
        name=name, id_no=id_no, birth_date=born, sex="2", region_id="431227107203", hukou_region_id="431227107203"
    )  # fmt: skip


@pytest.fixture
def mother(cast):
    return a_parent("田桂花", "431227198810020029", "1988-10-02")


@pytest.fixture
def in_prison(mother):
    return {**FATHER_DEAD, **MOTHER_IN_PRISON, "mother_name": mother.name, "mother_id_no": mother.id_no}


@pytest.mark.covers("S-113", by="minzheng/business/children/items.py", screen="/desk/registers/unattended/")
def test_it_recognises_the_child_and_pays_from_the_month_after(access, cast):
    """EX13: father died, mother sentenced to 8 months. Nobody is posted; each office has 15 working days."""
    journey = Journey(access, "C2", a_child(), MARCH_2, **FATHER_DEAD, **MOTHER_IN_PRISON)
    journey.move("clerk", "accept")
    township = CaseClock.objects.get(case=journey.case, key="township")
    assert township.due_on == dt.date(2026, 3, 23)
    journey.move("township", "propose_grant", OPINION)
    journey.on = MARCH_20
    county = CaseClock.objects.get(case=journey.case, key="county")
    assert county.due_on == dt.date(2026, 3, 23)
    journey.move("approver", "grant", OPINION)
    paid = right("unattended")
    assert [owed_in(paid, month(m)) for m in ("2026-03", "2026-04")] == [0, 110_000]
    assert journey.case.review_due == dt.date(2026, 9, 20)
    assert not any(move.move == "post" for move in journey.case.moves.all())


def test_five_months_are_refused_with_the_clause(access, cast):
    stated = {**FATHER_DEAD, **MOTHER_IN_PRISON, "mother_term_months": 5}
    journey = Journey(access, "C2", a_child(), MARCH_2, **stated)
    journey.move("clerk", "accept")
    with pytest.raises(Refused, match="不符合条件"):
        journey.move("township", "propose_grant", OPINION)
    journey.move("township", "propose_refuse", OPINION)
    journey.move("approver", "refuse", OPINION)
    assert journey.case.reasons == [
        "母亲被限制人身自由的期限不满规定时间（民发〔2019〕62号 一（期限在六个月以上））"
    ]


def test_what_is_not_known_is_asked_and_what_is_verified_decides(access, cast):
    """Lost for a year, but the police have not written yet: undetermined, neither granted nor refused."""
    journey = Journey(
        access, "C2", a_child(), MARCH_2, **FATHER_DEAD, mother_state="失联", mother_since="2025-02-01"
    )
    journey.move("clerk", "accept")
    assert journey.case.assessment["eligible"] is None
    assert "公安受理查找母亲的日期" in journey.case.assessment["waits_for"][0]
    for key in ("propose_grant", "propose_refuse"):
        with pytest.raises(Refused):
            journey.move("township", key, OPINION)
    verified = {"mother_state": "失联", "mother_search_since": "2025-09-02", "finding": "查找回执已核对。"}
    journey.move("township", "verify", verified)
    assert journey.case.assessment["eligible"] is True
    row = Parent.objects.get(child=journey.case.applicant, side="mother")
    assert (row.state_since, row.search_since, row.source) == (
        dt.date(2025, 2, 1), dt.date(2025, 9, 2), "入户调查",
    )  # fmt: skip


def test_it_pays_the_difference_to_what_the_family_has_already(access, cast):
    """EX14: the family's dibao for two is 1100, the child's part 550; 1100 − 550."""
    child = a_child()
    home = lives_with(child, cast["xiuying"].person)
    grant(
        access("approver", month("2026-01")), home, code="dibao", amount_fen=110_000,
        why=Why("granted", "测试", month("2026-01")),
    )  # fmt: skip
    Journey(access, "C2", child, MARCH_2, **FATHER_DEAD, **MOTHER_IN_PRISON).granted(MARCH_20)
    assert owed_in(right("unattended"), month("2026-04")) == 55_000
    assert not person_document(child, dt.date(2026, 4, 30))["members"][0].get("on_unattended_full")


def test_dibao_that_comes_later_brings_the_difference_up_for_review(access, cast):
    """EX14, the other way round: full first; the benefit is no income of the family, dibao follows, then the difference."""
    child = a_child()
    home = lives_with(child, cast["xiuying"].person)
    journey = Journey(access, "C2", child, MARCH_2, **FATHER_DEAD, **MOTHER_IN_PRISON).granted(MARCH_20)
    full = person_document(child, dt.date(2026, 4, 30))["members"][0]
    assert full["on_unattended_full"] is True and owed_in(right("unattended"), month("2026-04")) == 110_000
    today = dt.date.today()
    grant(
        access("approver", today),
        home,
        code="dibao",
        amount_fen=110_000,
        why=Why("granted", "测试", MARCH_20),
    )
    journey.case.refresh_from_db()
    assert journey.case.step == "recheck" and journey.case.assessment["amount_fen"] == 55_000
    journey.on = today
    journey.move("clerk", "propose_change", {"opinion": "补差额。"})
    journey.move("approver", "confirm_change", OPINION)
    following = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    assert [owed_in(right("unattended"), m) for m in (today.replace(day=1), following)] == [110_000, 55_000]


def test_a_released_parent_brings_a_review_which_ends_the_benefit(access, cast, mother, in_prison):
    journey = Journey(access, "C2", a_child(), MARCH_2, **in_prison).granted(MARCH_20)
    journey.on = dt.date(2026, 9, 16)
    record_life_event(
        access("clerk", journey.on), mother, LifeEventKind.RELEASE, dt.date(2026, 9, 14), "司法"
    )
    journey.case.refresh_from_db()
    assert journey.case.step == "recheck"
    assert journey.case.assessment["reasons"] == [
        "母亲不属于所列情形（民发〔2019〕62号 一；民发〔2020〕125号）"
    ]
    form = blank_record(journey.case, journey.case.at_step.move("verify"))
    assert form["mother_state"] == "正常", "not what the application said"
    with pytest.raises(Refused, match="不符合条件"):
        journey.move("clerk", "keep", OPINION)
    journey.move("clerk", "propose_stop", OPINION)
    journey.move("approver", "confirm_stop", OPINION)
    assert right("unattended").until_month == month("2026-09")
    rows = Parent.objects.filter(person=mother).order_by("since").values_list("state", "until")
    assert list(rows) == [("服刑", dt.date(2026, 9, 14)), ("正常", None)]


def test_the_death_of_the_second_parent_points_to_the_orphans_benefit(access, cast, mother, in_prison):
    journey = Journey(access, "C2", a_child(), MARCH_2, **in_prison).granted(MARCH_20)
    day = dt.date(2026, 5, 6)
    record_life_event(access("clerk", day), mother, LifeEventKind.DEATH, day, "公安注销")
    journey.case.refresh_from_db()
    assert journey.case.assessment["reasons"] == [
        "父母双方死亡或失踪，请按孤儿申请（国办发〔2010〕54号；民发〔2019〕62号 一）"
    ]


@pytest.mark.covers("S-112", by="minzheng/business/children/items.py", screen="/desk/registers/orphan/")
@pytest.mark.parametrize(("in_institution", "fen"), [(True, 150_000), (False, 110_000)])
def test_an_orphan_receives_the_standard_of_the_place(access, cast, in_institution, fen):
    stated = {
        "in_institution": in_institution, "parents_not_found": False, **FATHER_DEAD, "mother_state": "死亡",
    }  # fmt: skip
    Journey(access, "C1", a_child(), MARCH_2, **stated).granted(MARCH_20)
    assert [owed_in(right("orphan"), month(m)) for m in ("2026-03", "2026-04")] == [0, fen]


def test_orphans_and_living_subsidy_exclude_each_other_on_either_side(access, cast):
    """EX15: granting the orphan's benefit to a holder of the living subsidy is refused with the clause."""
    child = a_child()
    why = Why("granted", "测试", month("2026-01"))
    grant(
        access("approver", why.decided_on), child, code="living_subsidy", amount_fen=7000, why=why,
        applied_on=why.decided_on,
    )  # fmt: skip
    stated = {
        "in_institution": False,
        "parents_not_found": True,
        "father_state": "死亡",
        "mother_state": "死亡",
    }
    with pytest.raises(Refused, match="不能同时享受"):
        Journey(access, "C1", child, MARCH_2, **stated).granted(MARCH_20)
    end(access("approver", MARCH_20), right("living_subsidy"), on=MARCH_20, reason="review")


@pytest.mark.parametrize(
    ("born", "night", "last"),
    [
        ("2008-11-10", "2026-11-09", None),
        ("2008-11-10", "2026-11-10", "2026-11"),
        ("2008-11-10", "2026-11-11", "2026-11"),
        ("2008-11-30", "2026-12-01", "2026-11"),
        ("2008-02-29", "2026-02-27", None),
        ("2008-02-29", "2026-02-28", "2026-02"),
    ],
)
def test_it_ends_with_the_month_of_the_eighteenth_birthday(access, cast, born, night, last):
    """The month of the birthday is paid, the next one not (0.7, DC7); born on 29 February: on the 28th (DC3)."""
    since = dt.date(2025, 12, 1)
    grant(
        access("approver", since), a_child(born), code="unattended", amount_fen=110_000,
        why=Why("granted", "测试", since),
    )  # fmt: skip
    day = dt.date.fromisoformat(night)
    assert end_at_age(day) == (1 if last else 0)
    found = right("unattended")
    assert (found.until_month, found.state) == ((month(last), State.ENDED) if last else (None, State.ACTIVE))
    assert end_at_age(day) == 0, "a second run finds nothing to do"


@pytest.mark.covers(
    "S-114", by="minzheng/business/children/doubts.py", screen="/desk/registers/certifications/"
)
def test_silent_certification_asks_only_about_the_parents_who_may_be_back(
    access, cast, regions, mother, in_prison
):
    """The sentence of 8 months since 15 January is over on 15 September: August is clean, September is visited."""
    journey = Journey(access, "C2", a_child(), MARCH_2, **in_prison).granted(MARCH_20)
    county = regions["431227000000"]
    certify(month("2026-08"), county, dt.date(2026, 9, 1))
    certify(month("2026-09"), county, dt.date(2026, 10, 1))
    rows = Certification.objects.filter(person=journey.case.applicant).order_by("month")
    assert list(rows.values_list("result", "outcome", "evidence")) == [
        ("clean", "confirmed", ""),
        ("doubted", "visiting", "母亲的刑期或限制期已满"),
    ]


def test_it_is_accepted_elsewhere_and_decided_at_home(access, cast):
    child = a_child()
    child.hukou_region = Region.objects.create(
        code="431228001001", name="测试村", full_name="湖南省怀化市芷江侗族自治县测试村", level=5,
        parent_id="431228000000", since=dt.date(2000, 1, 1), source="测试",
    )  # fmt: skip
    child.save()
    journey = Journey(access, "C2", child, MARCH_2, **FATHER_DEAD, **MOTHER_IN_PRISON)
    journey.move("clerk", "accept")
    assert (journey.case.step, journey.case.track) == ("transfer", "away")
    assert CaseClock.objects.get(case=journey.case, key="transfer").due_on == dt.date(2026, 3, 5)
    journey.move("clerk", "transfer")
    assert (journey.case.step, journey.case.region_id) == ("review", "431228001001")
