"""待办, 已办, 督办 and the first page: the right cases, filtered by address, in a constant number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Person
from minzheng.online.desk.tests.families import START, case_at

pytestmark = pytest.mark.django_db


def copies(case, count):
    """More cases at the same step, each of another person."""
    for number in range(count):
        person = Person.objects.create(name=f"张三{number}", region_id=VILLAGE)
        twin = Case.objects.get(pk=case.pk)
        twin.pk, twin.number, twin.applicant = None, f"{case.number}-{number:03d}", person
        twin.save(force_insert=True)


def numbers(response):
    return [line.case.number for line in response.context["lines"]]


def test_it_lists_the_case_with_the_officer_whose_turn_it_is(access, as_user, on_day):
    case = case_at(access, "sent_up")
    on_day(START + dt.timedelta(days=15))
    assert numbers(as_user("approver").get("/desk/todo/")) == [case.number]
    assert numbers(as_user("helper").get("/desk/todo/")) == []


def test_it_keeps_handled_cases_under_done(access, as_user, on_day):
    case = case_at(access, "sent_up")
    on_day(START + dt.timedelta(days=15))
    assert numbers(as_user("helper").get("/desk/done/")) == [case.number]
    assert numbers(as_user("approver").get("/desk/done/")) == []


@pytest.mark.parametrize(("days", "seen"), [(0, False), (3, True), (4, True)])
def test_it_watches_a_case_from_its_warning_day_on(access, as_user, on_day, days, seen):
    case = case_at(access, "accepted")
    on_day(START + dt.timedelta(days=days))
    assert (case.number in numbers(as_user("township").get("/desk/watched/"))) is seen


def test_it_says_by_how_much_the_limit_is_overrun(access, as_user, on_day):
    case_at(access, "accepted")
    on_day(dt.date(2026, 3, 6))
    line = as_user("clerk").get("/desk/todo/").context["lines"][0]
    assert (line.tone, line.words) == ("bad", "已超 1 个工作日")


def test_it_filters_by_lamp_in_the_address(access, as_user, on_day):
    case = case_at(access, "accepted")
    on_day(START)
    client = as_user("clerk")
    assert numbers(client.get("/desk/todo/?lamp=green")) == [case.number]
    assert numbers(client.get("/desk/todo/?lamp=red")) == []
    assert numbers(client.get("/desk/todo/?lamp=nonsense")) == [case.number]


def test_it_pages_without_losing_or_repeating_a_case(access, as_user, on_day):
    case = case_at(access, "accepted")
    copies(case, 64)
    on_day(START)
    client, address, seen = as_user("clerk"), "/desk/todo/?item=A1", []
    while address:
        response = client.get(address)
        seen += numbers(response)
        following = response.context["page"].next_url
        address = f"/desk/todo/{following}" if following else ""
    assert len(seen) == len(set(seen)) == 65


@pytest.mark.parametrize("address", ["/desk/todo/", "/desk/"])
def test_it_asks_no_more_of_the_database_when_the_list_grows(access, as_user, on_day, address):
    case = case_at(access, "accepted")
    on_day(START)
    client = as_user("clerk")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    copies(case, 20)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_it_sends_the_provincial_viewer_to_the_figures(as_user):
    assert as_user("province").get("/desk/").headers["Location"] == "/cockpit/"


def test_it_keeps_citizens_out_of_the_desk(as_user):
    assert as_user("xiuying").get("/desk/").status_code == 403


def test_the_first_page_tells_each_trade_what_waits_this_morning(as_user):
    def titles(username):
        return [tile.label for tile in as_user(username).get("/desk/").context["work"]]

    assert titles("registrar") == ["今天预约、还没到", "冷静期已满、可以领离婚证"]
    assert "冷静期已满、可以领离婚证" not in titles("clerk")
