"""Identity numbers after GB 11643 (EX31)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.foundation.people.id_numbers import (
    FEMALE,
    MALE,
    IdNumberError,
    check_character,
    division_warning,
    parse_id_number,
    tidy,
)

TODAY = dt.date(2026, 11, 2)


def number_of(division: str, born: dt.date, sequence: int) -> str:
    first_17 = f"{division}{born:%Y%m%d}{sequence:03d}"
    return first_17 + check_character(first_17)


numbers = st.builds(
    number_of,
    st.from_regex(r"\A[1-6][0-9]{5}\Z"),
    st.dates(dt.date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def test_it_reads_the_standards_own_example():
    """EX31: 11010519491231002X is valid, female because 002 is even."""
    read = parse_id_number("11010519491231002X", TODAY)
    assert (read.division, read.birth_date, read.sex) == ("110105", dt.date(1949, 12, 31), FEMALE)


def test_it_refuses_the_example_with_a_wrong_check_digit():
    with pytest.raises(IdNumberError, match="校验不通过"):
        parse_id_number("110105194912310021", TODAY)


@given(numbers)
def test_it_accepts_any_valid_number_of_any_division(number):
    assert parse_id_number(number, TODAY).number == number


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_it_refuses_any_single_changed_digit(number, place, shift):
    digit = str((int(number[place]) + shift) % 10)
    with pytest.raises(IdNumberError):
        parse_id_number(number[:place] + digit + number[place + 1 :], TODAY)


@given(numbers, st.integers(0, 16))
def test_it_refuses_two_neighbours_swapped(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped == number or "X" in swapped[:17]:
        return
    with pytest.raises(IdNumberError):
        parse_id_number(swapped, TODAY)


@pytest.mark.parametrize("born", [TODAY - dt.timedelta(days=1), TODAY])
def test_it_accepts_a_child_born_up_to_today(born):
    assert parse_id_number(number_of("431227", born, 1), TODAY).sex == MALE


def test_it_refuses_a_child_born_tomorrow():
    with pytest.raises(IdNumberError, match="2026年11月3日）晚于今天"):
        parse_id_number(number_of("431227", TODAY + dt.timedelta(days=1), 1), TODAY)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("431227790308002", "15位"),
        ("43122719790308002", "您填了17位"),
        ("4312271979030800261", "您填了19位"),
        ("", "您填了0位"),
        ("43122719790308A021", "前17位应是数字"),
        ("431227197903X80021", "前17位应是数字"),
        ("431227197902300022", "19790230不是一个日期"),
        ("٤31227197903080021", "前17位应是数字"),
    ],
)
def test_it_says_what_to_look_at(typed, says):
    with pytest.raises(IdNumberError, match=says):
        parse_id_number(typed, TODAY)


def test_it_stores_a_small_or_wide_x_and_blanks_in_one_way():
    assert tidy(" 110105 19491231 002x ") == tidy("１１０１０５-19491231-002Ｘ") == "11010519491231002X"


def test_it_only_warns_of_a_division_it_never_knew(regions):
    assert division_warning("431227197903080026") is None
    assert "439999" in division_warning("439999197903080021")


def test_it_does_not_judge_divisions_of_a_province_that_is_not_loaded(regions):
    assert division_warning("110105194912310020") is None
