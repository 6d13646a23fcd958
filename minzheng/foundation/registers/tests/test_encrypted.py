"""Encrypted columns in a register: found by their whole value, masked, never sorted by."""

from dataclasses import replace

import pytest

from minzheng.foundation.people.registers import PEOPLE
from minzheng.foundation.registers import Column, Search
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.problems import register_problems
from minzheng.foundation.registers.working import Kept


def test_it_refuses_to_sort_by_a_ciphertext_or_to_search_for_a_part_of_it():
    wrong = replace(
        PEOPLE,
        columns=(Column("phone", "手机号码", "phone", sortable=True),),
        search=(Search("id_no"), Search("phone", "exact")),
    )
    assert list(register_problems(wrong)) == [
        "列“phone”是加密的，不能 sortable；请去掉 sortable。",
        'search 的“id_no”是加密的，只能按完整的值查；请写 way="exact"。',
    ]
    assert list(register_problems(PEOPLE)) == []


@pytest.mark.parametrize(
    ("part", "whole"), [("id_no", True), ("phone", True), ("id_no", False), ("phone", False)]
)
def test_it_finds_people_by_whole_numbers_only(access, cast, part, whole):
    person = cast["xiuying"].person
    person.phone = "13807451234"
    person.save()
    text = getattr(person, part)
    found = Listing(PEOPLE, access("clerk"), Kept([]), text=text if whole else text[:-1]).page().rows
    assert [row.pk for row in found] == ([person.pk] if whole else [])
