"""What the batch pages show, each a grouped query over the lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat, Left

from minzheng.foundation.payments.models import Batch, BatchState, Held, LineState
from minzheng.foundation.regions.models import Region
from minzheng.online.ui.formats import cn_datetime

TONES = {
    "draft": "neutral",
    "frozen": "warn",
    "checked": "info",
    "sent": "info",
    "returned": "info",
    "closed": "ok",
    "ready": "neutral",
    "held": "warn",
    "paid": "ok",
    "failed": "bad",
    "reissued": "neutral",
    "cancelled": "neutral",
}


def by_township(batch: Batch) -> list[dict[str, Any]]:
    """Number and fen of payable and held lines per township, in the order of their codes."""
    held = Q(state=LineState.HELD)
    rows = list(
        batch.lines.annotate(township=Concat(Left("region_id", 9), Value("000")))
        .values("township")
        .annotate(
            payable_count=Count("id", filter=~held),
            payable_fen=Sum("amount_fen", filter=~held, default=0),
            held_count=Count("id", filter=held),
            held_fen=Sum("amount_fen", filter=held, default=0),
        )
        .order_by("township")
    )
    names = dict(Region.objects.filter(pk__in=[row["township"] for row in rows]).values_list("pk", "name"))
    return [row | {"name": names.get(row["township"], row["township"])} for row in rows]


def held_reasons(batch: Batch) -> list[dict[str, Any]]:
    """Why lines are held: reason, number, fen."""
    held = batch.lines.filter(state=LineState.HELD).values("held_reason")
    rows = held.annotate(count=Count("id"), fen=Sum("amount_fen")).order_by("-count")
    return [row | {"title": Held(row["held_reason"]).label} for row in rows]


def by_state(batch: Batch) -> list[dict[str, Any]]:
    """What became of the lines: state, number, fen."""
    rows = batch.lines.values("state").annotate(count=Count("id"), fen=Sum("amount_fen")).order_by("state")
    return [row | {"title": LineState(row["state"]).label, "tone": TONES[row["state"]]} for row in rows]


def steps_of(batch: Batch) -> list[dict[str, str]]:
    """The way of a batch, for the progress bar."""
    notes = {
        BatchState.FROZEN: _note(batch.made_by, batch.frozen_at),
        BatchState.CHECKED: _note(batch.checked_by, batch.checked_at),
        BatchState.SENT: _note(None, batch.sent_at),
        BatchState.CLOSED: _note(None, batch.closed_at),
    }
    titles = ["编制", "冻结", "复核", "送出", "回盘", "办结"]
    reached = list(BatchState.values).index(batch.state)
    finished = batch.state == BatchState.CLOSED
    return [
        {
            "title": title,
            "state": "done"
            if number <= reached or finished
            else ("now" if number == reached + 1 else "next"),
            "note": notes.get(BatchState(state), ""),
        }
        for number, (title, state) in enumerate(zip(titles, BatchState.values, strict=True))
    ]


def _note(who: Any, when: Any) -> str:
    return " ".join(part for part in (str(who or ""), cn_datetime(when)) if part) if when else ""


def shown_lines(batch: Batch, state: str) -> QuerySet[Any]:
    lines = batch.lines.select_related("payee", "region")
    return lines.filter(state=state) if state in LineState.values else lines
