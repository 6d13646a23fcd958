"""From which month each benefit is paid (DC6)."""

import datetime as dt
from dataclasses import replace

import pytest

from minzheng.foundation.benefits.months import add_months, parse_month
from minzheng.foundation.benefits.tests.making import FAMILY, NURSING, day, month
from minzheng.foundation.benefits.words import Start


@pytest.mark.parametrize(
    ("decided", "first"),
    [("2026-01-31", "2026-02"), ("2026-02-01", "2026-03"), ("2026-12-31", "2027-01")],
)
def test_it_starts_dibao_in_the_month_after_the_decision(decided, first):
    assert FAMILY.first_month(day(decided)) == month(first)


@pytest.mark.parametrize(("applied", "first"), [("2021-05-31", "2021-05"), ("2021-06-01", "2021-06")])
def test_it_starts_a_disability_subsidy_in_the_month_of_application(applied, first):
    assert NURSING.first_month(day("2021-07-12"), day(applied)) == month(first)


def test_it_starts_an_age_allowance_in_the_month_the_age_is_reached():
    allowance = replace(NURSING, start=Start.MONTH_REACHED)
    assert allowance.first_month(day("2026-07-12"), reached_on=day("2026-03-31")) == month("2026-03")


def test_it_asks_for_the_application_date_when_the_start_depends_on_it():
    with pytest.raises(ValueError, match="请先填写申请日期"):
        NURSING.first_month(day("2021-07-12"))


def test_it_says_what_is_wrong_with_a_declaration():
    assert list(replace(FAMILY, cite="").problems()) == ["cite 没有填写：请写明起发月的依据（文号和条款）。"]
    assert not list(FAMILY.problems())


def test_it_counts_months_over_new_year_both_ways():
    assert add_months(dt.date(2026, 11, 1), 3) == dt.date(2027, 2, 1)
    assert add_months(dt.date(2026, 1, 1), -1) == dt.date(2025, 12, 1)


def test_it_explains_how_to_write_a_month():
    assert parse_month("2026-10") == dt.date(2026, 10, 1)
    with pytest.raises(ValueError, match="请写成“年-月”"):
        parse_month("10月")
