"""From which month each benefit is paid (DC6)."""

import datetime as dt
from dataclasses import replace

import pytest

from minzheng.foundation.benefits.months import add_months, parse_month
from minzheng.foundation.benefits.tests.making import FAMILY, NURSING, day, month
from minzheng.foundation.benefits.words import SilentCertification, Start


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


def test_it_says_what_a_proactive_or_silent_benefit_still_lacks():
    assert list(replace(FAMILY, proactive=True, backpay="x").problems()) == [
        "proactive 只用于按个人确认的待遇，并要在 backpay 里写明补发月数的标准。"
    ]
    personal = replace(NURSING, item="A1")
    assert not list(
        replace(personal, proactive=True, backpay="x", silent=SilentCertification("文号")).problems()
    )
    assert list(replace(personal, silent=SilentCertification("")).problems()) == [
        "silent 的 cite 没有填写：请写明静默认证的依据。"
    ]
