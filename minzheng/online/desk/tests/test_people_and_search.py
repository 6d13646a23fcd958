"""People, families and the search box: scoped, masked, recorded, and nothing personal in an address."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minzheng.business.children.models import ChildFile
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.accounts.models import Assignment
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.online.desk.tests.families import START, case_at

pytestmark = pytest.mark.django_db


def search(client, text):
    return client.post("/desk/search/", {"q": text})


def test_it_finds_a_person_by_the_whole_number(as_user, cast):
    person = cast["xiuying"].person
    assert search(as_user("clerk"), person.id_no).context["found"].people == [person]


def test_it_finds_a_person_by_name_and_records_it(as_user, cast):
    person = cast["xiuying"].person
    assert search(as_user("clerk"), "杨秀英").context["found"].people == [person]
    look = AuditEntry.objects.filter(action="person.search").latest("id")
    assert (look.actor, look.persons, look.is_read) == (cast["clerk"], [person.pk], True)


def test_it_finds_nobody_in_another_county(as_user):
    found = search(as_user("outsider"), "杨秀英").context["found"]
    assert (found.people, found.cases) == ([], [])


def test_it_opens_the_case_of_an_exact_number(access, as_user):
    case = case_at(access, "accepted")
    assert search(as_user("clerk"), case.number).headers["Location"] == f"/desk/cases/{case.number}/"


def test_it_does_not_guess_from_part_of_a_number(as_user):
    assert "号码要输完整" in search(as_user("clerk"), "43122719790308").context["found"].hint


def test_it_ignores_a_search_in_the_address(as_user):
    assert as_user("clerk").get("/desk/search/?q=杨秀英").context["asked"] == ""


def test_it_masks_the_number_until_a_reason_is_given(as_user, cast):
    person, client = cast["xiuying"].person, as_user("clerk")
    assert person.id_no not in client.get(f"/desk/people/{person.pk}/").content.decode()
    refused = client.post(f"/desk/people/{person.pk}/reveal/", {"why": ""})
    assert person.id_no not in refused.content.decode()
    shown = client.post(f"/desk/people/{person.pk}/reveal/", {"why": "核对身份", "note": "窗口"})
    assert person.id_no in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    look = AuditEntry.objects.filter(title="查看完整号码").latest("id")
    assert (look.persons, look.reason) == ([person.pk], "核对身份：窗口")


def test_it_lets_no_village_helper_see_whole_numbers(as_user, cast):
    person = cast["xiuying"].person
    assert as_user("helper").post(f"/desk/people/{person.pk}/reveal/", {"why": "核对身份"}).status_code == 403


def test_it_strings_the_familys_help_together(access, as_user):
    case = case_at(access, "granted")
    page = as_user("clerk").get(f"/desk/households/{case.household_id}/").context
    titles = [point.said.title for point, _ in page["told"]]
    assert {"申请最低生活保障", "确认最低生活保障", "开始享受最低生活保障金"} <= set(titles)
    assert "最低生活保障：登记入户调查" in titles, "what was tried belongs to the chain"
    assert "最低生活保障复核" in [point.said.title for point, _ in page["ahead"]]
    assert [(right.amount_fen, name) for right, name in page["received"]] == [(63_000, "全家")]


def test_it_costs_as_many_queries_with_five_hundred_entries_as_with_five(access, as_user, cast):
    """A page is one query a strand; the pages together hold everything once, the newest first."""
    person, client = cast["xiuying"].person, as_user("clerk")
    task = Task.objects.create(
        kind="marriage.household", title="核实家庭成员变化", person=person, origin="t", region_id=VILLAGE,
        office_id=VILLAGE, opened_on=START, warn_on=START, due_on=START,
    )  # fmt: skip
    now = timezone.now()

    def visit(count):
        TaskVisit.objects.bulk_create(
            TaskVisit(task=task, key=uuid.uuid4(), outcome="true", made_by=cast["helper"],
                      made_at=now - dt.timedelta(days=day))
            for day in range(count)
        )  # fmt: skip

    def look():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/desk/people/{person.pk}/")
        return answer, len(asked)

    visit(5)
    look()
    _, few = look()
    visit(500)
    answer, many = look()
    assert many == few
    assert [len(answer.context["told"]), answer.context["older"]] == [
        20,
        f"/desk/people/{person.pk}/?page=2#told",
    ]
    first = {point.said.title for point, _ in answer.context["told"]}
    last = client.get(f"/desk/people/{person.pk}/?chapter=tasks&page=26").context
    assert first == {f"{cast['helper']}走访：已核实"}
    assert (len(last["told"]), last["older"]) == (5, "")
    look_back = AuditEntry.objects.filter(action="person.read").latest("id")
    assert (look_back.title, look_back.detail) == ("查看个人档案（走访和任务）", {"chapters": ["tasks"]})


def test_it_opens_each_chapter_to_its_own_readers_only(access, as_user, cast):
    """What is known of a child's dangers, and of a marriage, is read by those who work on it, wherever it is asked."""
    child = Person.objects.create(name="吴小雨", birth_date=dt.date(2015, 6, 15), region_id=VILLAGE)
    ChildFile.objects.create(
        name=child.name, id_no="431227201506150026", person=child, region_id=VILLAGE, group="distressed",
        carer_name="杨秀英", carer_relation="母亲", risk="high", risk_reason="x", interviewed_on=START,
    )  # fmt: skip

    def told(who):
        return [
            point.chapter.code for point, _ in as_user(who).get(f"/desk/people/{child.pk}/").context["told"]
        ]

    assert told("clerk") == []
    Assignment.objects.create(
        user=cast["clerk"], role="child_supervisor", region_id=VILLAGE[:9] + "000", since=START
    )
    assert told("clerk") == ["children"]
    decided, why = START, Why("granted", "民发〔2019〕62号", START)
    grant(
        access("approver", decided), child, code="unattended", amount_fen=95_000, why=why, applied_on=decided
    )
    ((point, _),) = as_user("clerk").get(f"/desk/people/{child.pk}/").context["ahead"]
    assert (point.on, point.said.title) == (dt.date(2033, 6, 15), "满18周岁")


@pytest.mark.parametrize("kind", ["people", "households"])
def test_it_hides_people_and_families_of_another_county(access, as_user, kind):
    case = case_at(access, "accepted")
    pk = case.applicant_id if kind == "people" else case.household_id
    assert as_user("outsider").get(f"/desk/{kind}/{pk}/").status_code == 404


def test_it_records_the_look_at_a_family(access, as_user, cast):
    case = case_at(access, "accepted")
    as_user("reviewer").get(f"/desk/households/{case.household_id}/")
    look = AuditEntry.objects.filter(title="查看家庭档案").latest("id")
    assert set(look.persons) == set(case.persons.values_list("person_id", flat=True))


def test_it_shows_the_checked_fact_and_not_the_declared_one(access, as_user):
    case = case_at(access, "accepted")
    sheets = case.household.fact_sheets
    sheets.create(values={"houses": 2}, source="核对", since=case.accepted_on)
    sheets.create(values={"houses": 1}, source="申请人申报", since=case.accepted_on)
    facts = as_user("clerk").get(f"/desk/households/{case.household_id}/").context["facts"]
    assert [(fact.text, fact.source) for fact in facts if fact.label == "房屋套数"] == [("2", "核对")]


def test_a_familys_page_tells_of_a_member_who_died_and_not_of_what_happened_elsewhere(access, as_user):
    """Who is no longer listed is still told of, by name; what happened before they came is their own story."""
    case = case_at(access, "granted")
    *_, member = case.household.members_on(START)
    member.since = START - dt.timedelta(days=30)
    member.save()
    for kind, day in (("release", START - dt.timedelta(days=31)), ("death", START + dt.timedelta(days=40))):
        record_life_event(access("clerk"), member.person, LifeEventKind(kind), day, "派出所")
    page = as_user("clerk").get(f"/desk/households/{case.household_id}/?chapter=life").context
    told = [(point.said.title, name) for point, name in page["told"]]
    assert told == [("死亡", member.person.name)]
    look = AuditEntry.objects.filter(title__startswith="查看家庭档案").latest("id")
    assert member.person_id in look.persons
