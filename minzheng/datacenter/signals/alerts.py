"""From hits to alerts: each once, withdrawn when no longer true, not raised again for the same reason.

Only alerts and hits are handled one by one (a few in a thousand people), never the population.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from minzheng.datacenter.signals.models import Alert, AlertState
from minzheng.datacenter.signals.words import Hit, Signal
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.regions.models import within

Subject = tuple[int | None, int | None]
Figure = Callable[[str], Any]
UNCHANGED = "情形不再存在"


@dataclass
class Settled:
    """What one signal's turn changed in a county."""

    raised: list[Alert] = field(default_factory=list)
    withdrawn: list[Alert] = field(default_factory=list)
    kept: int = 0
    quiet: int = 0


def settle(
    signal: Signal,
    hits: Iterable[Hit],
    month: dt.date,
    prefix: str,
    today: dt.date,
    figure: Figure,
    *,
    may_withdraw: bool,
) -> Settled:
    """Bring the county's alerts of one signal in line with what holds now. Running again changes nothing."""
    settled = Settled()
    by_subject = {hit.subject: hit for hit in hits}
    mine = Alert.objects.filter(within(prefix), signal=signal.code)
    open_now = {subject_of(alert): alert for alert in mine.filter(state=AlertState.OPEN)}

    kept = [alert for subject, alert in open_now.items() if subject in by_subject]
    for alert in kept:
        hit = by_subject[subject_of(alert)]
        alert.seen_month, alert.digest, alert.detail = max(alert.seen_month, month), hit.digest, hit.detail
    Alert.objects.bulk_update(kept, ["seen_month", "digest", "detail"], batch_size=2000)
    settled.kept = len(kept)

    if may_withdraw:
        settled.withdrawn = [alert for subject, alert in open_now.items() if subject not in by_subject]
        Alert.objects.filter(pk__in=[alert.pk for alert in settled.withdrawn]).update(
            state=AlertState.WITHDRAWN, closed_on=today, note=UNCHANGED
        )

    new = [hit for subject, hit in by_subject.items() if subject not in open_now]
    answered = _answered(mine, new, add_months(today.replace(day=1), -figure("signal_repeat_months")))
    fresh = [hit for hit in new if (hit.subject, hit.digest) not in answered]
    settled.quiet = len(new) - len(fresh)
    rounds = _rounds(mine, fresh, month)
    settled.raised = Alert.objects.bulk_create(
        [
            Alert(
                signal=signal.code,
                household_id=hit.household,
                person_id=hit.person,
                region_id=hit.region,
                month=month,
                round=rounds[hit.subject] + 1,
                seen_month=month,
                weight=figure(signal.weight),
                digest=hit.digest,
                detail=hit.detail,
                opened_on=today,
                due_on=today + dt.timedelta(days=figure(signal.within)),
            )
            for hit in fresh
        ],
        batch_size=2000,
    )
    return settled


def subject_of(alert: Alert) -> Subject:
    return alert.household_id, alert.person_id


def _answered(mine: Any, hits: list[Hit], since: dt.date) -> set[tuple[Subject, str]]:
    """Subjects whose very same reason was answered since that day."""
    done = mine.filter(
        state=AlertState.DONE, closed_on__gte=since, digest__in={hit.digest for hit in hits}
    ).values_list("household_id", "person_id", "digest")
    return {((household, person), digest) for household, person, digest in done}


def _rounds(mine: Any, hits: list[Hit], month: dt.date) -> Counter[Subject]:
    """How often each subject was raised in this month already."""
    households = {hit.household for hit in hits}
    found = mine.filter(month=month, household_id__in=households).values_list("household_id", "person_id")
    return Counter(found)
