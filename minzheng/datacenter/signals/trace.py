"""Why an alert was raised: the counter's own reading of the signal's rules for that family, clause by clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from minzheng.datacenter.screening.scope import last_day
from minzheng.datacenter.signals.facts import documents_for, members_on
from minzheng.datacenter.signals.models import Alert
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.people.models import Membership
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter
from minzheng.foundation.tasks.models import Task

REASONS = {
    "dead": "已登记死亡，待遇仍在发放",
    "moved": "户籍已迁到外县，待遇仍在这里发放",
    "twin": "与另一条人员记录疑似同一人",
    "together": "同时享受不能兼得的待遇",
}


@dataclass(frozen=True)
class Clause:
    """One step of the answer."""

    label: str
    text: str
    cite: str


def in_words(alert: Alert) -> str:
    """What the alert says, in a sentence."""
    if alert.signal not in shelf(Signal):
        return ""
    return REASONS.get(str(alert.detail.get("reason")), shelf(Signal).get(alert.signal).look_for)


def visits_of(alert: Alert, day: dt.date) -> Iterable[Task]:
    return Task.objects.filter(origin=alert.task_origin)


def clauses_of(alert: Alert, day: dt.date) -> list[Clause]:
    """The rules that the test rests on, the last first, as things stood at the end of the alert's newest month."""
    signal = shelf(Signal).get(alert.signal) if alert.signal in shelf(Signal) else None
    if signal is None or not signal.test or alert.household is None:
        return []
    on = min(last_day(alert.seen_month), day)
    document = next(documents_for([alert.household], on))
    counter = default_counter()
    decision = counter.decide(counter.facts(document, standards=settings.STANDARDS_SET), [signal.test])
    place = _place(alert, on)
    clauses = []
    for step in reversed(decision.as_json()["trace"]):
        texts = step.get("texts")
        if texts is None:
            text = step["text"]
        elif place is not None:
            text = texts[place]
        else:
            text = "；".join(f"{who} {said}" for who, said in zip(decision.facts.who, texts, strict=True))
        clauses.append(Clause(step["label"], text, step["cite"]))
    for name in decision.plan.standards:
        value = decision.row.get(name)
        shown = decision.law.kinds[name].show(value.value if value else None)
        clauses.append(Clause(decision.law.label(name), shown, value.cite if value else ""))
    return clauses


def _place(alert: Alert, on: dt.date) -> int | None:
    """Where the alert's person stands among the members of the document."""
    if alert.person_id is None:
        return None
    members: list[Membership] = list(members_on([alert.household_id], on))
    return next((i for i, member in enumerate(members) if member.person_id == alert.person_id), None)
