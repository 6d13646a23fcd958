"""E5 and E9: a home asks for its grade and for its subsidies by itself; what follows ends the application."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from minzheng.business.elderly.institutions import rating
from minzheng.business.elderly.institutions.indicators import private, private_rated
from minzheng.business.elderly.institutions.models import Home, SubsidyYear
from minzheng.business.elderly.institutions.subsidies.actions import make_run
from minzheng.business.elderly.institutions.tests.making import COUNTY, elder, home, move_in
from minzheng.business.elderly.institutions.tests.test_filing import acting_for
from minzheng.business.elderly.institutions.watch import warn
from minzheng.business.elderly.oversight.models import Penalty
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.models import Notice
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.granting import grant
from minzheng.foundation.scoring.judging import close_vote
from minzheng.foundation.scoring.models import Assessment, ItemScore
from minzheng.foundation.scoring.tests.making import DAY, Office, scored, voted
from minzheng.foundation.scoring.words import Item, ScoreSheet
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
HANDLER = {"handler_name": "杨院长", "handler_phone": "13974512340"}


def points(percent):
    return {item.code: -(-item.most * percent // 100) for item in rating.NEWEST.items.values()}


def asked_for_a_grade(where, day=DAY, **answers):
    own, place = acting_for(where, day), where.facility
    case = open_case(own, "E5", place.organisation, place.region, facility=place)
    agreed = {f"condition_{n}": True for n in range(1, len(rating.NEWEST.conditions) + 1)}
    save_draft(own, case, HANDLER | agreed | points(85) | answers)
    return submit(own, case)


@pytest.fixture
def office(cast):
    return Office(cast)


@pytest.fixture
def where(cast):
    return home(first_admission_on=dt.date(2020, 1, 5))


def move(office, name, case, key, record=None):
    case.refresh_from_db()  # as a page finds it: a refused move has left nothing behind
    return do_move(office.on(name), case, key, record)


@pytest.mark.covers(
    "S-083",
    by="minzheng/business/elderly/institutions/rating.py",
    screen="/portal/items/E5/start/organisation/",
)
def test_its_own_points_open_the_rating_and_the_plaque_ends_its_application(office, where):
    case = asked_for_a_grade(where)
    move(office, "reviewer", case, "accept")
    one = Assessment.objects.get(facility=where.facility)
    assert (one.state, one.self_total, one.opened_by) == ("site", sum(points(85).values()), case.opened_by)
    assert (case.step, case.waiting_for, case.due_on) == ("rating", [], DAY + dt.timedelta(days=120))
    assert (private_rated(DAY).count(), private(DAY).count()) == (1, 1)  # N24: also one that is being rated
    voted(office, scored(office, one), ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    office.today = DAY + dt.timedelta(days=8)
    grant(
        office.on("reviewer"), one
    )  # accepting and the plaque may be one officer's: a committee lies between
    case.refresh_from_db()
    where.refresh_from_db()
    assert (case.step, case.outcome, where.grade) == ("rated", "granted", 4)
    assert Notice.objects.get(case=case).title == "养老机构等级评定结果告知书"


def test_a_province_with_its_own_sheet_asks_the_home_for_it_and_for_nothing_else(office, where, monkeypatch):
    more = Item("environment_stars", "庭院星级", 20)
    first, *others = rating.NEWEST.parts
    first = dataclasses.replace(first, items=(*first.items[1:], more))
    own = dataclasses.replace(
        rating.NEWEST,
        since=dt.date(2026, 1, 1),
        region="430000000000",
        parts=(first, *others),
        conditions=(*rating.NEWEST.conditions, "连续两年没有失信记录"),
    )
    sheet = dataclasses.replace(rating.SHEET, versions=(*rating.SHEET.versions, own))
    monkeypatch.setattr(rating, "SHEET", sheet)
    monkeypatch.setitem(rating.FORMS, own.key, rating._form(own))
    monkeypatch.setitem(shelf(ScoreSheet)._found, "elder_home", sheet)
    own_account, place = acting_for(where, DAY), where.facility
    case = open_case(own_account, "E5", place.organisation, place.region, facility=place)
    national = {"condition_1": True, "condition_2": True, "condition_3": True} | points(85)
    save_draft(own_account, case, HANDLER | national)
    assert {one.key for one in missing(case, DAY)} == {"condition_4", "environment_stars"}
    save_draft(own_account, case, case.data | {"condition_4": True, "environment_stars": 18})
    submit(own_account, case)
    move(office, "reviewer", case, "accept")
    one = Assessment.objects.get(facility=place)
    assert (one.version, one.state, len(one.confirmed)) == (own.key, "site", 4)
    assert one.scores.get(item="environment_stars").points == 18
    assert "environment_1" not in case.service_item.form.questions
    for region, is_asked in (("431227107203", True), ("440100000000", False)):
        schema = Client().get("/api/v1/items/E5/schema", {"region": region}).json()["schema"]
        assert ("environment_stars" in schema["properties"]) is is_asked
    before = asked_for_a_grade(home(), day=dt.date(2025, 12, 31))  # begun the day before the province's sheet
    assert "environment_1" in before.service_item.form.questions


def test_the_county_sees_the_points_and_no_family(office, where):
    case, client = asked_for_a_grade(where), Client()
    client.force_login(office.cast["reviewer"])
    page = client.get(f"/desk/cases/{case.number}/?view=application").content.decode()
    assert "生活照料服务" in page and "申请内容" in page
    assert "家庭成员" not in page and "认定依据" not in page


def test_points_that_reach_no_grade_end_it_with_the_reason(office, where):
    case = asked_for_a_grade(where)
    move(office, "reviewer", case, "accept")
    scored(office, Assessment.objects.get(), percents=(30, 30))
    case.refresh_from_db()
    assert (case.step, case.reasons) == ("refused", ["现场得分没有达到任何一级的要求。"])


def test_who_is_not_filed_too_young_or_not_trusted_is_not_taken_up(office, where):
    young = home(first_admission_on=DAY - dt.timedelta(days=360))
    with pytest.raises(Refused, match="运营满12个月"):
        move(office, "reviewer", asked_for_a_grade(young), "accept")
    unfiled = home(filing="none", filed_on=None)
    with pytest.raises(Refused, match="备案"):
        move(office, "reviewer", asked_for_a_grade(unfiled), "accept")
    case = asked_for_a_grade(where)
    punished(where, 3)
    with pytest.raises(Refused, match="信用分40"):
        move(office, "reviewer", case, "accept")
    assert not Assessment.objects.exists() and not ItemScore.objects.exists()
    Penalty.objects.filter(number="处罚0").delete()  # sixty is enough
    move(office, "reviewer", case, "accept")


def punished(where, times):
    Penalty.objects.bulk_create(
        Penalty(
            facility=where.facility, region=where.facility.region, number=f"处罚{n}", kind="warning", reason="违规",
            basis="令66", decided_on=DAY - dt.timedelta(days=30), public_until=DAY + dt.timedelta(days=300),
        )
        for n in range(times)
    )  # fmt: skip


def test_a_grade_whose_credit_is_gone_is_looked_at_once(where):
    Home.objects.filter(pk=where.pk).update(grade=3, grade_until=DAY + dt.timedelta(days=300))
    punished(where, 2)
    warn(DAY)
    assert not Task.objects.filter(kind="homes.regrade").exists()
    Penalty.objects.filter(number="处罚1").update(kind="stop")
    Penalty.objects.create(
        facility=where.facility, region=where.facility.region, number="处罚9", kind="warning", reason="再犯", basis="令66",
        decided_on=DAY, public_until=DAY,
    )  # fmt: skip
    warn(DAY)
    warn(DAY + dt.timedelta(days=1))
    assert Task.objects.get(kind="homes.regrade").reason.startswith("信用分40")


def asked_for_money(where, day, **answers):
    own, place = acting_for(where, day), where.facility
    case = open_case(own, "E9", place.organisation, place.region, facility=place)
    given = {"kinds": ["home_operating"], "year": 2026, "bed_days": 31, "promise": True}
    save_draft(own, case, HANDLER | given | answers)
    return submit(own, case)


@pytest.mark.covers(
    "S-080",
    by="minzheng/business/elderly/institutions/subsidies/applying.py",
    screen="/portal/items/E9/start/organisation/",
)
def test_only_who_asked_and_was_compared_with_the_register_is_in_the_runs(access, where):
    november = dt.date(2026, 11, 16)
    move_in(access("reviewer", november), where, elder("中度失能"), "2-1", on="2026-10-01")
    SubsidyYear.objects.all().delete()
    county = Region.objects.get(code=COUNTY)
    reviewer, approver = access("reviewer", november), access("approver", november)
    before = make_run(reviewer, county, benefit="home_operating", month=dt.date(2026, 10, 1))
    assert before.total_fen == 0
    case = asked_for_money(where, november, bed_days=30)
    with pytest.raises(Refused, match="填的是30床日，2026年10月入住登记是31床日"):
        do_move(reviewer, case, "verify", {"opinion": "已核对入住登记"})
    case.refresh_from_db()
    do_move(reviewer, case, "ask_correction", {"also": "床日填错"})
    own = acting_for(where, november)
    save_draft(own, case, case.data | {"bed_days": 31})
    submit(own, case)
    do_move(reviewer, case, "verify", {"opinion": "已核对入住登记"})
    with pytest.raises(PermissionDenied):
        do_move(reviewer, case, "file")
    do_move(approver, case, "file")
    assert SubsidyYear.objects.get().case == case
    run = make_run(reviewer, county, benefit="home_operating", month=dt.date(2026, 10, 1))
    assert run.total_fen == 20_000
    with pytest.raises(Refused, match="2026年的养老机构运营补贴已经批准过"):
        asked_for_money(where, november)


@pytest.mark.parametrize(("kind", "why"), [("home_chain", "哪个连锁品牌"), ("home_rating", "没有等级")])
def test_a_brand_must_be_verified_and_a_grade_given(access, where, kind, why):
    SubsidyYear.objects.all().delete()
    day = dt.date(2026, 11, 16)
    case = asked_for_money(where, day, kinds=[kind])
    with pytest.raises(Refused, match=why):
        do_move(access("reviewer", day), case, "verify", {"opinion": "核实"})


def test_a_year_that_was_listed_meanwhile_is_not_listed_twice(access, where):
    day = dt.date(2026, 11, 16)
    case = asked_for_money(where, day, year=2028)
    SubsidyYear.objects.create(home=where, benefit="home_operating", year=2028)
    with pytest.raises(Refused, match="2028年的养老机构运营补贴已经批准过"):
        do_move(access("reviewer", day), case, "verify", {"opinion": "核实"})
