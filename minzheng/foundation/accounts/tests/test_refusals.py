"""Who is refused is on record: an account that tries other people's doors is seen by the audit administrator."""

import pytest
from django.test import Client

from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Person


@pytest.fixture
def clerk(cast):
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def refusals():
    return list(AuditEntry.objects.filter(action="access.refused").order_by("pk"))


def test_it_records_a_page_beyond_the_role(clerk, cast):
    assert clerk.get("/desk/payments/").status_code == 403
    (one,) = refusals()
    assert one.actor == cast["clerk"] and one.detail["status"] == 403 and one.detail["method"] == "GET"
    assert one.detail["path"] == "/desk/payments/"


def test_it_records_a_person_of_another_county(clerk, cast):
    stranger = Person.objects.create(
        name="外县人", sex="1", birth_date="1990-01-01", region_id=SIBLING_COUNTY
    )
    assert clerk.get(f"/desk/people/{stranger.pk}/").status_code == 404
    (one,) = refusals()
    assert one.detail["path"].endswith(f"/{stranger.pk}/") and one.detail["status"] == 404
    assert one.persons == [], "a guess is no look at the person"


def test_a_slip_of_the_hand_and_a_visitor_are_not_recorded(clerk, cast):
    assert clerk.get("/desk/nothing-like-this/").status_code == 404
    assert Client().get("/verify/NOBODY/").status_code in {200, 404}
    assert refusals() == []
