"""The days of an adoption: notice, time together, report, and the decision whose clock stands still meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from minzheng.business.adoption.models import Application, Evaluation, SearchNotice
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.items.figures import figures

Span = tuple[dt.date, dt.date]


def days_from(start: dt.date, standard: str, region: str) -> dt.date:
    """The last day of a period of natural days; it never rolls (DC1, DC2)."""
    return period_end(start, Period(int(figures(start, region)(standard)), Unit.DAYS))


def notice_until(began_on: dt.date, region: str) -> dt.date:
    return days_from(began_on, "adoption_notice_days", region)


def evaluation_due(began_on: dt.date, region: str) -> dt.date:
    return days_from(began_on, "adoption_evaluate_days", region)


def bonding_until(began_on: dt.date, region: str) -> dt.date:
    return days_from(began_on, "adoption_bonding_days", region)


def decide_by(
    application: Application, notice: SearchNotice | None, evaluation: Evaluation | None, today: dt.date
) -> dt.date:
    """Thirty days from the day after acceptance, without the days of the notice and of the evaluation.

    While one of them runs, the day moves on with `today`; days in which both run count once.
    """
    region, accepted = application.region_id, application.accepted_on
    quiet: list[Span] = []
    if notice is not None:
        quiet.append((notice.began_on, min(notice.until, max(today, notice.began_on))))
    if evaluation is not None and figures(accepted, region)("adoption_evaluation_pauses"):
        quiet.append((evaluation.began_on, evaluation.reported_on or max(today, evaluation.began_on)))
    return days_from(accepted, "adoption_decide_days", region) + dt.timedelta(days=_length(quiet))


def stands_still(notice: SearchNotice | None, evaluation: Evaluation | None, today: dt.date) -> bool:
    """Whether the decision's clock does: then the days that are left are known, the day itself is not yet."""
    if notice is not None and notice.began_on <= today <= notice.until:
        return True
    if evaluation is None or not evaluation.is_running:
        return False
    return bool(figures(today, evaluation.region_id)("adoption_evaluation_pauses"))


def _length(spans: Iterable[Span]) -> int:
    """Days that lie in any of them."""
    days, reached = 0, dt.date.min
    for start, end in sorted(spans):
        first = max(start, reached)
        days += max((end - first).days, 0)
        reached = max(reached, end)
    return days
