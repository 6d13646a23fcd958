"""Working days and periods: EX08, EX09, long holidays, swapped weekends, month ends."""

import datetime as dt

import chinese_calendar
import pytest

from minzheng.foundation.calendar import Calendar, Period, Unit, default_calendar, period_end, still_left

D = dt.date.fromisoformat
CALENDAR = default_calendar()


@pytest.mark.parametrize(
    ("length", "last_day"), [(3, "2026-03-05"), (20, "2026-03-30"), (30, "2026-04-14"), (45, "2026-05-08")]
)
def test_it_gives_the_limits_of_ex08(length, last_day):
    assert CALENDAR.add_workdays(D("2026-03-02"), length) == D(last_day)


def test_it_counts_the_seven_days_of_ex09_without_rolling():
    end = period_end(D("2026-03-20"), Period(7, Unit.DAYS))
    assert end == D("2026-03-27")
    assert CALENDAR.roll(end + dt.timedelta(days=1)) == D("2026-03-30")


def test_it_does_not_count_the_start_day():
    assert CALENDAR.add_workdays(D("2026-03-02"), 1) == D("2026-03-03")


def test_it_works_on_swapped_weekends_and_rests_on_the_holidays_they_pay_for():
    assert CALENDAR.is_workday(D("2026-02-14"))
    assert not CALENDAR.is_workday(D("2026-02-23"))
    assert CALENDAR.is_workday(D("2026-02-24"))
    # Friday 13 Feb + 1 is the swapped Saturday; + 2 is after the nine days of Spring Festival
    assert CALENDAR.add_workdays(D("2026-02-13"), 1) == D("2026-02-14")
    assert CALENDAR.add_workdays(D("2026-02-13"), 2) == D("2026-02-24")


def test_it_rolls_the_divorce_window_of_ex21_over_spring_festival():
    assert period_end(D("2026-01-20"), Period(30, Unit.DAYS, rolls=True)) == D("2026-02-24")
    assert period_end(D("2026-01-20"), Period(30, Unit.DAYS)) == D("2026-02-19")


def test_its_table_and_the_package_agree_on_2026():
    days = [D("2026-01-01") + dt.timedelta(days=n) for n in range(365)]
    assert [CALENDAR.is_workday(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


def test_it_lets_the_table_overrule_the_package():
    changed = Calendar({2026: {"rest": ["2026-03-04"], "work": ["2026-03-07"]}})
    assert changed.add_workdays(D("2026-03-03"), 1) == D("2026-03-05")
    assert changed.is_workday(D("2026-03-07"))
    assert "覆盖表 2026" in changed.version


def test_it_says_when_a_year_is_not_published_yet_and_counts_plain_weekdays():
    assert CALENDAR.unpublished(D("2026-03-01"), D("2026-12-31")) is None
    warning = CALENDAR.unpublished(D("2029-12-01"), D("2030-01-05"))
    assert warning is not None and "2030 年放假安排尚未公布" in str(warning)
    assert CALENDAR.add_workdays(D("2030-01-04"), 1) == D("2030-01-07")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-11-30", 3, "2026-02-28")],
)
def test_it_ends_months_on_the_last_day_there_is(start, count, end):
    assert period_end(D(start), Period(count, Unit.MONTHS)) == D(end)


def test_it_counts_what_is_left_down_to_zero_on_the_due_day_and_below():
    due = D("2026-03-05")
    assert still_left(D("2026-03-02"), due, Unit.WORKDAYS) == 3
    assert still_left(due, due, Unit.WORKDAYS) == 0
    assert still_left(D("2026-03-09"), due, Unit.WORKDAYS) == -2


def test_it_gives_twenty_four_hours_until_the_next_day():
    assert period_end(D("2026-03-02"), Period(24, Unit.HOURS)) == D("2026-03-03")
