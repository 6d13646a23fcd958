"""What the field reports back. The task's own action carries the right, the audit entry and the transaction."""

from __future__ import annotations

from django.utils import timezone

from minzheng.datacenter.signals.models import Alert, AlertState, Outcome, SweepTarget


def answer_alert(origin: str, outcome: str, note: str) -> None:
    """`origin` is Alert.task_origin. A task that was settled at the desk, without a visit, has no outcome."""
    _, signal, month, about, round_ = origin.split(":")
    subject = {"person_id" if about[0] == "p" else "household_id": int(about[1:])}
    if about[0] == "h":
        subject["person_id"] = None
    Alert.objects.filter(
        signal=signal, month=f"{month}-01", round=int(round_), state=AlertState.OPEN, **subject
    ).update(
        state=AlertState.DONE,
        outcome=outcome or Outcome.DESK,
        note=note[:200],
        closed_on=timezone.localdate(),
    )


def reach_target(origin: str, outcome: str) -> None:
    """`origin` is SweepTarget.task_origin. Settled at the desk is not visited: the target stays unreached."""
    if not outcome:
        return
    _, sweep, about = origin.split(":")
    SweepTarget.objects.filter(sweep_id=int(sweep), household_id=int(about[1:]), visited_on=None).update(
        visited_on=timezone.localdate(), outcome=outcome
    )
