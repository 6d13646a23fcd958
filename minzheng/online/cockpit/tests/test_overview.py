"""辖区概览: figures by division under the viewer's rights, never a person."""

import datetime as dt

import pytest
from django.test import Client

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.people.models import Category, Household, Membership, Person

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def viewer(cast):
    client = Client()
    client.force_login(cast["province"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def families(count, region, fen=50_000):
    for number in range(count):
        head = Person.objects.create(name=f"某{region[-6:]}{number}", region_id=region)
        home = Household.objects.create(region_id=region, category=Category.RURAL, head=head, since=SINCE)
        Membership.objects.create(household=home, person=head, relation="本人", since=SINCE)
        right = Entitlement.objects.create(
            benefit="dibao", household=home, person=head, payee=head, region_id=region, since_month=SINCE
        )
        EntitlementAmount.objects.create(
            entitlement=right, from_month=SINCE, amount_fen=fen, reason="grant", cite="测试", decided_on=SINCE
        )


def rows(response):
    return {row.name: row for row in response.context["rows"]}


def test_it_counts_families_people_and_money_of_each_township(viewer, regions):
    families(6, "431227107203")
    families(5, "431227101200")
    found = rows(viewer.get("/cockpit/431227000000/"))
    assert (found["晃洲镇"].families, found["晃洲镇"].people, found["晃洲镇"].money) == (
        "6",
        "6",
        "3,000.00元",
    )
    assert found["波洲镇"].money == "2,500.00元"


def test_it_hides_a_township_with_fewer_than_five_families(viewer, regions):
    families(6, "431227107203")
    families(4, "431227101200")
    found = rows(viewer.get("/cockpit/431227000000/"))
    assert (found["波洲镇"].families, found["波洲镇"].money) == ("不显示", "不显示")
    assert found["晃洲镇"].families == "不显示"  # ten less six would give it away


@pytest.mark.covers("S-007", by="minzheng/online/cockpit/table.py", screen="/cockpit/")
def test_it_leads_down_to_townships_and_stops_before_villages(viewer, regions):
    found = rows(viewer.get("/cockpit/431227107000/"))
    assert found["新村"].url == ""
    assert viewer.get("/cockpit/431227107203/").status_code == 404


def test_it_names_nobody(viewer, regions):
    families(6, "431227107203")
    assert "某107203" not in viewer.get("/cockpit/431227107000/").content.decode()


def test_it_opens_at_the_viewers_own_region(cast):
    client = Client()
    client.force_login(cast["approver"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cockpit/").context["region"].name == "新晃侗族自治县"
    assert client.get("/cockpit/430000000000/").status_code == 404
    assert client.get("/cockpit/431228000000/").status_code == 404


def test_it_is_closed_to_who_may_not_see_figures(cast):
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cockpit/").status_code == 403


def test_it_asks_the_database_a_fixed_number_of_questions(viewer, regions, django_assert_max_num_queries):
    families(12, "431227107203")
    viewer.get("/cockpit/431227000000/")
    with django_assert_max_num_queries(16):
        viewer.get("/cockpit/431227000000/")
