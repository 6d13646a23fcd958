"""What a clerk sees in a list, what another county does not, and what never stands in an address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Household, Membership, Person

PEOPLE = "/desk/registers/people/"


def names(response):
    return [row.object.name for row in response.context["rows"]]


def test_it_lists_the_people_of_the_clerks_own_township_only(log_in, cast):
    shown = names(log_in("clerk").get(PEOPLE))
    assert "杨秀英" in shown
    assert "曾敏" not in shown  # lives at the county seat's own code


def test_it_shows_nobody_of_the_next_county(log_in):
    assert names(log_in("outsider").get(PEOPLE)) == ["石磊"]


def test_it_answers_404_for_a_person_of_another_county(log_in, cast):
    address = reverse("registers:detail", args=["people", cast["xiuying"].person_id])
    assert log_in("clerk").get(address).status_code == 200
    assert log_in("outsider").get(address).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999999", "abc", "1e3"])
def test_it_answers_404_for_a_key_that_is_no_row(log_in, key):
    assert log_in("clerk").get(reverse("registers:detail", args=["people", key])).status_code == 404


def test_it_keeps_out_who_may_not_read(log_in):
    assert log_in("province").get(PEOPLE).status_code == 403
    assert log_in("xiuying").get(PEOPLE).status_code == 403


def test_it_sends_a_visitor_to_log_in(client, db):
    assert "/account/login" in client.get(PEOPLE)["Location"]


def test_it_masks_numbers_in_the_list(log_in, cast):
    page = log_in("clerk").get(PEOPLE).content.decode()
    assert cast["xiuying"].person.id_no not in page
    assert "431227********0" in page


def test_it_records_that_these_people_were_looked_at(log_in, cast):
    response = log_in("clerk").get(PEOPLE)
    entry = AuditEntry.objects.get(action="people.list")
    assert entry.is_read and entry.actor == cast["clerk"]
    assert entry.persons == sorted(row.object.pk for row in response.context["rows"])


def test_it_finds_by_the_beginning_of_a_name_without_putting_it_into_the_address(log_in):
    response = log_in("clerk").post(reverse("registers:find", args=["people"]), {"text": "杨秀"})
    query = parse_qs(urlsplit(response["Location"]).query)
    assert set(query) == {"find"} and "杨" not in response["Location"]
    assert names(response.client.get(response["Location"])) == ["杨秀英"]


def test_it_finds_a_whole_identity_number(client, cast):
    client.force_login(cast["clerk"])
    found = client.post(
        reverse("registers:find", args=["people"]),
        {"text": cast["xiuying"].person.id_no.lower()},
        follow=True,
    )
    assert names(found) == ["杨秀英"]


def test_it_says_why_a_shared_link_does_not_search(client, cast):
    client.force_login(cast["clerk"])
    page = client.get(PEOPLE + "?find=deadbeef")
    assert "搜索词含个人信息" in page.content.decode()
    assert "杨秀英" in names(page)


def test_it_narrows_by_region_sex_and_birth_date(log_in, cast):
    client = log_in("reviewer")
    assert "杨秀英" in names(
        client.get(PEOPLE, {"region": "431227107203", "sex": "2", "born_to": "1979-03-08"})
    )
    assert "杨秀英" not in names(client.get(PEOPLE, {"born_to": "1979-03-07"}))
    assert "杨秀英" not in names(client.get(PEOPLE, {"born_from": "1979-03-09"}))
    assert names(client.get(PEOPLE, {"region": "431228000000"})) == []  # a filter narrows, it never widens


def test_it_tells_how_to_write_a_date_instead_of_ignoring_it(log_in):
    assert (
        "请按 2026-11-02 的样子填写日期"
        in log_in("clerk").get(PEOPLE, {"born_from": "1979"}).content.decode()
    )


def test_it_takes_the_same_number_of_queries_for_two_rows_and_for_fifty(
    log_in, regions, django_assert_num_queries
):
    client = log_in("clerk")
    client.get(PEOPLE)
    with django_assert_num_queries(QUERIES):
        assert len(names(client.get(PEOPLE, {"size": "50"}))) < 10
    Person.objects.bulk_create(Person(name=f"测试{n}", region_id="431227107203") for n in range(60))
    with django_assert_num_queries(QUERIES):
        assert len(names(client.get(PEOPLE, {"size": "50"}))) == 50


QUERIES = 8


def test_it_records_a_look_at_a_household_as_a_look_at_everyone_in_it(log_in, cast):
    head, child = cast["xiuying"].person, cast["helper"].person
    household = Household.objects.create(region=head.region, category="rural", head=head, since="2020-01-01")
    for person, relation in ((head, "户主"), (child, "女儿")):
        Membership.objects.create(household=household, person=person, relation=relation, since="2020-01-01")
    page = log_in("clerk").get(reverse("registers:detail", args=["households", household.pk]))
    assert "女儿" in page.content.decode()
    assert AuditEntry.objects.get(action="household.read").persons == sorted([head.pk, child.pk])


def test_it_browses_divisions_down_to_the_village(log_in):
    county = (
        log_in("reviewer").get(reverse("registers:detail", args=["regions", "431227000000"])).content.decode()
    )
    assert "晃洲镇" in county
    township = reverse("registers:detail", args=["regions", "431227107000"])
    assert township in county
    assert "新村" in log_in("reviewer").get(township).content.decode()
