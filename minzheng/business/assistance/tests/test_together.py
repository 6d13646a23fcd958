"""Around the money: referrals to other departments, charity, the yearly list of the lifted, mistakes, the library."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from minzheng.business.assistance.charity.actions import approve, give, spent
from minzheng.business.assistance.charity.models import CharityAid
from minzheng.business.assistance.corrections.actions import decide, mend
from minzheng.business.assistance.corrections.models import Correction
from minzheng.business.assistance.library.register import documents
from minzheng.business.assistance.models import PolicyDocument, RegisteredPoor
from minzheng.business.assistance.poor.register import listed, transition
from minzheng.business.assistance.referrals import actions as referrals
from minzheng.business.assistance.referrals.measures import catalogue, matching, statuses_of
from minzheng.business.assistance.referrals.models import Department
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.models import Household, Membership
from minzheng.foundation.registers.actions import save_row
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 3, 2)


@pytest.fixture
def her(cast, access):
    """杨秀英 alone in her family, on dibao since January."""
    person = cast["xiuying"].person
    home = Household.objects.create(
        region=person.region, category="rural", head=person, since=dt.date(2015, 1, 1)
    )
    Membership.objects.create(household=home, person=person, relation="户主", since=home.since)
    why = Why("granted", "测试", dt.date(2025, 12, 1))
    grant(access("approver", why.decided_on), home, code="dibao", amount_fen=30_000, why=why)
    return person


def named(person, **more):
    return {"name": person.name, "id_no": person.id_no, "region": person.region_id, **more}


def written(access, code, **answers):
    """A new row of a register, as its form would save it."""
    register = shelf(Register).get(code)
    return save_row(access, register, register.model(), answers)


@pytest.mark.covers("S-064", by="minzheng/business/assistance/referrals", screen="/desk/registers/referrals/")
def test_what_another_department_has_to_do_is_handed_on_and_asked_for_when_late(access, her):
    clerk = access("clerk", NOW)
    row = written(
        clerk, "referrals", **named(her, department="medical", matter="门诊慢特病认定", agrees=True)
    )
    assert (row.person, row.state) == (her, "sent")
    row.sent_on, row.due_on = NOW, dt.date(2026, 3, 16)
    row.save()
    assert [referrals.ask_the_late(dt.date(2026, 3, day)) for day in (16, 17, 18)] == [0, 1, 0]
    referrals.accept(clerk, row, contact="医保局 张")
    done = referrals.answer(clerk, row, result="done", answer="已认定，从4月起")
    assert (done.state, Task.objects.get(kind=referrals.OVERDUE).state) == ("done", "withdrawn")
    with pytest.raises(Refused, match="已办结"):
        referrals.answer(clerk, row, result="done", answer="再来")


@pytest.mark.covers(
    "S-073", by="minzheng/business/assistance/referrals", screen="/desk/referrals/measures/<number>/"
)
def test_a_status_is_matched_with_the_measures_of_many_departments(client, cast, her, access):
    known = {one.code for one in shelf(Benefit)} | {"edge", "rigid"}
    assert all(set(one.statuses) <= known and one.department in Department.values for one in catalogue())
    fits = {one.code for one in matching(statuses_of(her, NOW), NOW)}
    assert {"medical_insurance", "school_aid", "power_free"} <= fits and "home_rehab" not in fits
    client.force_login(cast["clerk"])
    address = reverse("desk:referrals:measures", args=[her.pk])
    page = client.get(address)
    assert page.status_code == 200 and "资助参加居民医保" in page.content.decode()
    made = referrals.refer(access("clerk", NOW), her, code="medical_insurance", agrees=True)
    assert made.due_on == dt.date(2026, 3, 16), "ten working days"
    with pytest.raises(Refused, match="已经转出"):
        referrals.refer(access("clerk", NOW), her, code="medical_insurance", agrees=True)
    with pytest.raises(Refused, match="本人同意"):
        referrals.refer(access("clerk", NOW), her, code="power_free", agrees=False)
    client.force_login(cast["outsider"])
    assert client.get(address).status_code == 404


@pytest.mark.covers(
    "S-067", by="minzheng/business/assistance/corrections", screen="/desk/registers/corrections/"
)
def test_a_mistake_is_mended_first_and_excused_by_somebody_who_had_no_part_in_it(access, cast):
    row = written(
        access("clerk", NOW), "corrections", region=VILLAGE, officer_login="township", found="spot",
        found_on="2026-03-01", mistake="人均收入算错", good_faith="按当时的核对报告计算",
    )  # fmt: skip
    reviewer = access("reviewer", NOW)
    with pytest.raises(Refused, match="先把错纠正"):
        decide(reviewer, row, exempt=True, why="无主观故意")
    mend(access("clerk", NOW), row, mending="已重新计算，追回60元")
    with pytest.raises(Refused, match="不能是同一个人"):
        decide(access("township", NOW), row, exempt=True, why="我自己的")
    decided = decide(reviewer, row, exempt=True, why="无主观故意，已纠正")
    assert (decided.state, decided.decided_by) == ("exempt", cast["reviewer"].person)
    with pytest.raises(ValidationError):
        written(access("clerk", NOW), "corrections", region=VILLAGE, officer_login="nobody", found="spot",
                found_on="2026-03-01", mistake="错", good_faith="无")  # fmt: skip
    assert Correction.objects.count() == 1


@pytest.mark.covers(
    "S-060", by="minzheng/business/assistance/poor", screen="/desk/registers/registered-poor/"
)
def test_the_yearly_list_shows_who_is_on_it_and_receives_nothing(access, cast, her):
    clerk = access("clerk", NOW)
    said = {"year": 2026, "household_no": "H1", "kind": "unstable", "lifted_in": 2018}
    for person in (her, cast["helper"].person):
        written(clerk, "registered-poor", **named(person, **said))
    with pytest.raises(ValidationError):
        written(clerk, "registered-poor", **named(her, **said))
    assert dict(listed().values_list("person", "on_dibao")) == {her.pk: True, cast["helper"].person_id: False}
    assert RegisteredPoor.objects.get(person=her).year == 2026


@pytest.mark.covers(
    "S-059", by="minzheng/business/assistance/poor", screen="/desk/registers/registered-poor/"
)
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2020, 12, 31), "2021-01-01 起"),
        ((2021, 1, 1), "过渡期内，到 2025-12-31"),
        ((2025, 12, 31), "过渡期内，到 2025-12-31"),
        ((2026, 1, 1), "过渡期已于 2025-12-31 结束"),
    ],
)
def test_the_policies_go_on_until_the_last_day_of_the_transition(day, said):
    assert transition(COUNTY, dt.date(*day)) == said


@pytest.mark.covers(
    "S-074", by="minzheng/business/assistance/charity", screen="/desk/registers/charity-aids/"
)
@pytest.mark.covers(
    "S-075", by="minzheng/business/assistance/charity", screen="/desk/registers/charity-aids/"
)
def test_a_charity_project_helps_once_a_year_and_says_why_it_is_no_double(access, her):
    clerk = access("clerk", NOW)
    said = {"year": 2026, "need": "失能，护理费高", "amount_fen": 200_000, "fund": "县慈善会"}
    row = written(clerk, "charity-aids", **named(her, project="warm_sunset", **said))
    with pytest.raises(ValidationError, match="不能重复资助"):
        written(clerk, "charity-aids", **named(her, project="warm_sunset", **said))
    with pytest.raises(ValidationError, match="不算重复"):
        written(clerk, "charity-aids", **named(her, project="guard_health", **said))
    with pytest.raises(Refused, match="已核定"):
        give(clerk, row, receipt="收1")
    CharityAid.objects.filter(pk=row.pk).update(maker=access("approver", NOW).user.person)
    with pytest.raises(Refused, match="同一个人"):
        approve(access("approver", NOW), row, agree=True)
    CharityAid.objects.filter(pk=row.pk).update(maker=clerk.user.person)
    approve(access("approver", NOW), row, agree=True)
    give(clerk, row, receipt="收1")
    assert (spent("warm_sunset", 2026), spent("guard_health", 2026)) == (200_000, 0)


@pytest.mark.covers(
    "S-076", by="minzheng/business/assistance/library", screen="/desk/registers/policy-documents/"
)
def test_a_document_is_in_force_from_its_first_to_its_last_day(access, monkeypatch):
    made = written(
        access("reviewer", NOW), "policy-documents", region=COUNTY, title="城乡低保实施办法", number="晃政发〔2021〕5号",
        rank="measure", issuer="县政府", issued_on="2021-06-20", since="2021-07-01", until="2026-06-30",
        summary="按57号文制定",
    )  # fmt: skip

    class Day(dt.date):
        now = NOW

        @classmethod
        def today(cls):
            return cls.now

    monkeypatch.setattr("minzheng.business.assistance.library.register.dt.date", Day)
    found = []
    for Day.now in (dt.date(2021, 6, 30), dt.date(2021, 7, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)):
        found.append(documents().get(pk=made.pk).valid)
    assert found == [False, True, True, False]
    assert PolicyDocument.objects.get().filed_on is None
