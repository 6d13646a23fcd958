"""The days of the story: far enough back that every legal period has run by today, and none too long."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.calendar import default_calendar


def workdays_before(day: dt.date, count: int) -> dt.date:
    """The working day that lies `count` working days before."""
    calendar = default_calendar()
    while count:
        day -= dt.timedelta(days=1)
        count -= calendar.is_workday(day)
    return day


class Days:
    """Decisions fall on the last working day before this month, so that this month is the first to be paid."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.pay_month = month_of(today)
        self.screen_month = add_months(self.pay_month, -1)
        self.decide = workdays_before(self.pay_month, 1)
        self.close = workdays_before(self.decide, 1)
        # Seven whole days of publicity, and the next step only on the day after them (DC2).
        self.post = workdays_before(self.close - dt.timedelta(days=8), 0)
        self.propose = workdays_before(self.post, 1)
        self.survey = workdays_before(self.propose, 2)
        self.accept = workdays_before(self.survey, 2)
        self.apply = workdays_before(self.accept, 1)
