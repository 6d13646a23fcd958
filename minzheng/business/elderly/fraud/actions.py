"""Checked within days, handed to whoever may investigate, and followed until it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from minzheng.business.elderly.fraud.models import Clue, Office, Scheme, Source, State
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

WORK = "elder_fraud.work"
CHECK = "elderly.fraud"
PREPAID = "homes.prepaid"


def _locked(clue: Clue, *states: str) -> Clue:
    found = Clue.objects.select_for_update().get(pk=clue.pk)
    if found.state not in states:
        raise Refused(f"这条线索现在是“{found.get_state_display()}”，不能这样办。请刷新页面查看。")
    return found


def _day(value: dt.date | str, field: str, after: dt.date, today: dt.date) -> dt.date:
    day = dt.date.fromisoformat(str(value))
    if not after <= day <= today:
        raise Refused({field: f"日期应在{after}以后、今天以前，请核对。"})
    return day


@action("fraud.check", "登记涉诈线索核查", permission=WORK)
def check_clue(access: Any, clue: Clue, *, found: str, finding: str, checked_on: dt.date | str) -> Clue:
    """`found`: unfounded, ordered (the home must mend), or new (true: hand it over next)."""
    clue = _locked(clue, State.NEW)
    if found not in (State.UNFOUNDED, State.ORDERED, State.NEW):
        raise Refused({"found": "请选择核查结论。"})
    clue.checked_on = _day(checked_on, "checked_on", clue.told_on, access.today)
    clue.checked_by, clue.finding, clue.state = person_of(access), finding.strip()[:500], found
    if found == State.UNFOUNDED:
        clue.closed_on, clue.result = access.today, "经核查不属实"
    clue.save()
    return clue


@action("fraud.hand_over", "移交涉诈线索", permission=WORK)
def hand_over(access: Any, clue: Clue, *, to: str, letter_no: str, handed_on: dt.date | str) -> Clue:
    """To whoever may investigate: a department of civil affairs has no power to (防范和处置非法集资条例)."""
    clue = _locked(clue, State.NEW, State.ORDERED)
    if clue.checked_on is None:
        raise Refused("请先登记核查情况，再移交。")
    if to not in Office.values or not letter_no.strip():
        raise Refused({"letter_no": "请选择移交给哪个部门，并填写移送函文号。"})
    clue.handed_on = _day(handed_on, "handed_on", clue.checked_on, access.today)
    clue.handed_to, clue.letter_no, clue.state = to, letter_no.strip()[:60], State.HANDED
    clue.save()
    return clue


@action("fraud.filed", "登记涉诈线索立案", permission=WORK)
def was_filed(access: Any, clue: Clue, *, case_no: str, filed_on: dt.date | str) -> Clue:
    clue = _locked(clue, State.HANDED)
    clue.filed_on = _day(filed_on, "filed_on", clue.handed_on or clue.told_on, access.today)
    clue.case_no, clue.state = case_no.strip()[:60], State.FILED
    clue.save()
    return clue


@action("fraud.close", "办结涉诈线索", permission=WORK)
def close_clue(access: Any, clue: Clue, *, result: str, recovered_fen: int | None = None) -> Clue:
    """What came of it: mended, no case, or a judgment; and what the old people got back."""
    clue = _locked(clue, State.ORDERED, State.HANDED, State.FILED)
    clue.closed_on, clue.result, clue.state = access.today, result.strip()[:300], State.CLOSED
    clue.recovered_fen = recovered_fen or 0
    clue.save()
    return clue


def from_prepaid(origin: str, region: str, title: str, reason: str, on: dt.date) -> None:
    """A watch over prepaid money was answered with “handed over”: from here on it is followed like any other clue."""
    name = title.partition("：")[0]
    Clue.objects.get_or_create(
        task=origin,
        defaults={
            "region_id": region,
            "facility": Facility.objects.filter(name=name, region_id=region).first(),
            "target": name,
            "source": Source.PREPAID,
            "scheme": Scheme.SERVICE,
            "told_on": on,
            "story": reason,
        },
    )


def send(on: dt.date) -> int:
    """Nightly: one task for each clue that nobody has checked."""
    return open_tasks(CHECK, _unchecked(), on).count


def _unchecked() -> Iterator[TaskDraft]:
    for one in Clue.objects.filter(state=State.NEW, checked_on=None):
        yield TaskDraft(
            origin=f"fraud:{one.pk}", region=one.region_id, title=f"核查涉诈线索：{one.target}"[:80],
            reason=f"{one.get_source_display()}：{one.get_scheme_display()}"[:200], subject=one.target[:80],
        )  # fmt: skip
