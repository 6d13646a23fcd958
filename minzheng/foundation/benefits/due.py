"""What a person's benefit is worth in each month: the amount rule on every month's last day (DC6).

Facts are those of the document; law, standards and ages are those of the month. So a standard that rose between
application and decision, or a ninetieth birthday, gives each month its own amount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import add_months, last_day, month_of
from minzheng.foundation.benefits.timeline import Span
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.rules import decide


def first_month_of(
    declared: Benefit, person: Person, decided_on: dt.date, applied_on: dt.date | None = None
) -> dt.date:
    """The first payable month of a person, back-pay capped. Refused when the day it counts from is not known."""
    reached = declared.reached(person, decided_on) if declared.reached else None
    try:
        first = declared.first_month(decided_on, applied_on, reached)
    except ValueError as error:
        raise Refused(str(error)) from None
    if not declared.backpay:
        return first
    months = figures(decided_on, person.hukou_region_id or person.region_id)(declared.backpay)
    return max(first, add_months(month_of(applied_on or decided_on), -months))


def spans_due(declared: Benefit, document: Mapping[str, Any], first: dt.date, last: dt.date) -> list[Span]:
    """Amounts from `first` on; months up to `last` are worked out one by one, and the last amount goes on.

    `document` is one person's (people/facts.py `person_document`) with standards and region. Refused while a month
    is undetermined, naming what is missing.
    """
    amounts: list[tuple[dt.date, int]] = []
    month = first
    while month <= max(first, last):
        decision = decide(document, on=last_day(month), want=[declared.amount], about=0)
        amount = decision[declared.amount]
        if amount is None:
            waits = "；".join(decision.describe(wait) for wait in decision.missing())
            raise Refused(f"{month:%Y年%m月}的“{declared.title}”金额还不能确定，缺少：{waits}")
        if not amounts or amounts[-1][1] != amount:
            amounts.append((month, int(amount)))
        month = add_months(month, 1)
    ends = [add_months(start, -1) for start, _ in amounts[1:]]
    return [Span(start, end, amount) for (start, amount), end in zip(amounts, [*ends, None], strict=True)]
