"""Paging by key: no row twice, none left out, and page 4,000 costs what page 1 costs."""

import json
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minzheng.foundation.people.models import Person
from minzheng.foundation.people.registers import PEOPLE
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.paging import counted, page_of
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP, VILLAGE
from minzheng.foundation.registers.working import Kept
from tests.club.models import Member

MANY = 200_000


def walk(rows, order, size, **how):
    """Keys of all pages, forwards."""
    keys, after = [], ""
    while True:
        page = page_of(rows, order, size, after=after, **how)
        keys += [row.pk for row in page.rows]
        if page.after is None:
            return keys
        after = str(page.after)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("size", [1, 3, 7, 20, 100])
def test_it_shows_every_row_once_though_many_share_a_name(member, size, descending):
    random.seed(1)
    for number in range(20):
        member(f"A{number}", name=random.choice(["陈静", "白云", "安宁"]))
    sign = "-" if descending else ""
    expected = list(Member.objects.order_by(f"{sign}name", f"{sign}pk").values_list("pk", flat=True))
    assert walk(Member.objects.all(), ["name"], size, descending=descending) == expected


def test_it_goes_back_the_way_it_came(member):
    for number in range(10):
        member(f"A{number}")
    first = page_of(Member.objects.all(), ["name"], 4)
    second = page_of(Member.objects.all(), ["name"], 4, after=str(first.after))
    assert first.before is None and second.before == second.rows[0].pk
    back = page_of(Member.objects.all(), ["name"], 4, before=str(second.before))
    assert back.rows == first.rows and back.before is None and back.after == first.after


def test_it_starts_again_where_the_border_row_is_gone(member):
    member("A1")
    for border in ("999999", "abc"):
        page = page_of(Member.objects.all(), ["name"], 4, after=border)
        assert page.lost_place and len(page.rows) == 1


def test_it_keeps_its_place_when_the_border_row_left_the_filter(member):
    rows = [member(f"A{number}") for number in range(4)]
    Member.objects.filter(pk=rows[1].pk).update(is_active=False)
    page = page_of(
        Member.objects.filter(is_active=True),
        ["card_no"],
        2,
        borders=Member.objects.all(),
        after=str(rows[1].pk),
    )
    assert [row.card_no for row in page.rows] == ["A2", "A3"] and not page.lost_place


@pytest.mark.parametrize(("stored", "told"), [(9, (9, False)), (10, (10, False)), (11, (10, True))])
def test_it_counts_no_further_than_it_must(member, stored, told):
    for number in range(stored):
        member(f"A{number}")
    assert counted(Member.objects.all(), limit=10) == told


@pytest.fixture
def two_hundred_thousand(regions):
    """People over two townships, with statistics, as a county has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (name, sex, ethnic, phone, bank_name, bank_account, region_id, address, created_at)"
            " SELECT '测' || chr(19968 + n %% 5000), '1', '', '', '', '', CASE WHEN n %% 2 = 0 THEN %s ELSE %s END, '', now()"
            " FROM generate_series(1, %s) AS n",
            [VILLAGE, OTHER_TOWNSHIP, MANY],
        )
        cursor.execute("ANALYZE people_person")


def plan(sql):
    """Every node of the plan with which PostgreSQL really answered this query."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = on")  # as everywhere but in tests
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (told,) = cursor.fetchone()
    found, waiting = [], [(told if isinstance(told, list) else json.loads(told))[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.get("Plans", [])
    return found


def last_query(captured):
    return captured.captured_queries[-1]["sql"]


def searched(access, text):
    """The first page of a search, and the query that found it."""
    with CaptureQueriesContext(connection) as captured:
        page = Listing(PEOPLE, access, Kept([]), text=text).page()
    return page.rows, last_query(captured)


def test_it_reads_a_page_deep_in_200_000_people_by_the_index_and_nothing_else(two_hundred_thousand, access):
    clerk = access("clerk")
    middle = Listing(PEOPLE, clerk, Kept([])).ordered()[MANY // 4].pk
    with CaptureQueriesContext(connection) as captured:
        page = Listing(PEOPLE, clerk, Kept([["after", str(middle)]])).page()
    assert len(page.rows) == 50 and page.before and page.after
    assert {row.region_id for row in page.rows} == {VILLAGE}
    nodes = plan(last_query(captured))
    scans = [node for node in nodes if node.get("Relation Name") == "people_person"]
    assert [node["Index Name"] for node in scans] == ["person_region"]
    assert not [node["Node Type"] for node in nodes if "Sort" in node["Node Type"]]
    assert scans[0]["Actual Rows"] <= 51 and not scans[0].get("Rows Removed by Filter")


def test_it_finds_a_name_among_200_000_by_its_trigrams(two_hundred_thousand, access):
    rows, query = searched(access("clerk"), "测" + chr(19968 + 42))
    assert {row.name for row in rows} == {"测" + chr(19968 + 42)}
    assert "person_name_trgm" in {node.get("Index Name") for node in plan(query)}


def test_it_finds_one_identity_number_among_200_000_by_its_index(two_hundred_thousand, access, cast):
    rows, query = searched(access("clerk"), cast["xiuying"].person.id_no)
    assert [row.name for row in rows] == ["杨秀英"]
    scans = [node for node in plan(query) if node.get("Relation Name") == "people_person"]
    assert not [node for node in scans if node["Node Type"] == "Seq Scan"]


def test_it_counts_at_most_ten_thousand_of_them(two_hundred_thousand, access):
    assert Listing(PEOPLE, access("clerk"), Kept([])).count() == (10_000, True)
    assert Person.objects.count() > MANY
