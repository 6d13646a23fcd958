"""Working days and legal periods (handbook DC1, DC2). Pure functions of dates: no database, no clock."""

from minzheng.foundation.calendar.days import Calendar, UnpublishedYears, default_calendar
from minzheng.foundation.calendar.periods import Period, Unit, add_months, period_end, still_left

__all__ = [
    "Calendar",
    "Period",
    "Unit",
    "UnpublishedYears",
    "add_months",
    "default_calendar",
    "period_end",
    "still_left",
]
