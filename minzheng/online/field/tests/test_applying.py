"""From a visit to an application: only of whom a visit found in need, only here, and never a second time."""

import datetime as dt
import uuid

import pytest

from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.tasks.models import TaskVisit

TODAY = dt.date.today()


@pytest.fixture
def visit(helper, task):
    """`visit(outcome)`: 吴小芳 has been there; returns the address of her receipt."""

    def went(outcome):
        made = task(on=TODAY)
        said = {"outcome": outcome, "q-well": "yes", "no_position": "没有信号", "key": str(uuid.uuid4())}
        helper.post(f"/field/tasks/{made.pk}/visit/", said)
        return f"/field/visits/{TaskVisit.objects.get(task=made).pk}/"

    return went


def test_it_opens_the_application_of_whom_the_visit_found_in_need(helper, visit, family):
    receipt = visit("needs_help")
    assert "现在就替他申请" in helper.get(receipt).content.decode()
    asked = {"person": family.head_id, "item": "A1"}
    case_page = helper.post(f"{receipt}apply/", asked)
    case = Case.objects.get()
    assert (case.applicant, case.item, case.channel) == (family.head, "A1", Channel.DISCOVERY)
    assert case.region_id == family.region_id and case.number in case_page.url
    assert helper.post(f"{receipt}apply/", asked).url == case_page.url, "the draft is gone on with"


def test_a_visit_that_found_nothing_leads_to_no_application(helper, visit, family):
    receipt = visit("fine")
    assert "现在就替他申请" not in helper.get(receipt).content.decode()
    assert helper.post(f"{receipt}apply/", {"person": family.head_id, "item": "A1"}).status_code == 404


def test_it_asks_what_for_and_takes_no_stranger_and_nobody_dead(helper, visit, family):
    receipt = visit("needs_help")
    told = helper.post(f"{receipt}apply/", {"person": family.head_id, "item": ""})
    assert told.status_code == 422 and "请选择申请什么" in told.content.decode()
    stranger = Person.objects.create(name="外人", region_id=family.region_id)
    dead = Person.objects.create(name="石奶奶", region_id=family.region_id, died_on=TODAY)
    Membership.objects.create(household=family, person=dead, relation="配偶", since=dt.date(2020, 1, 1))
    for other in (stranger, dead):
        assert helper.post(f"{receipt}apply/", {"person": other.pk, "item": "A1"}).status_code == 422
    assert not Case.objects.exists()


def test_nobody_of_another_county_begins_it(client, cast, visit, family):
    receipt = visit("needs_help")
    client.force_login(cast["outsider"])
    asked = {"person": family.head_id, "item": "A1"}
    assert client.post(f"{receipt}apply/", asked).status_code in (403, 404) and not Case.objects.exists()
