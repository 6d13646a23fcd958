"""Was there help for the same cause before? Only the cases themselves know (民发〔2018〕23号: no second help without new facts)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from minzheng.foundation.calendar import add_months

if TYPE_CHECKING:  # items are read without a database, too (`minzheng clocks`)
    from minzheng.foundation.cases.models import Case

ITEMS = ("A6", "A7")


def earlier_help(case: Case, on: dt.date) -> dt.date | None:
    """The last day on which anybody of this case was helped, in either kind, for the same cause."""
    from minzheng.foundation.cases.models import Case, Outcome

    people = [case.applicant_id, *case.persons.exclude(person=None).values_list("person_id", flat=True)]
    earlier = Case.objects.filter(
        item__in=ITEMS, outcome=Outcome.GRANTED, persons__person__in=people, decided_on__lte=on
    ).exclude(pk=case.pk)
    # Applications are sealed in the database: the cause is read here, over the few cases of these people.
    days = [one.decided_on for one in earlier.distinct() if one.data.get("cause") == case.data.get("cause")]
    return max((day for day in days if day is not None), default=None)


def whole_months(start: dt.date, end: dt.date) -> int:
    """Months that have fully passed: from 22 November, the first is complete on 22 December."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def recalls(prefix: str) -> Any:
    """`emergency` or `spending`: the facts that its rules read."""

    def recall(case: Case, on: dt.date) -> dict[str, Any]:
        last = earlier_help(case, on)
        if last is None:
            return {f"{prefix}_helped_before": False}
        return {f"{prefix}_helped_before": True, f"{prefix}_months_since": whole_months(last, on)}

    return recall
