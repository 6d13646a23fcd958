"""短信: what was sent, and what did not arrive, so that somebody telephones instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.foundation.registers import Column, Filter, Register, Search
from minzheng.foundation.reminders.models import Sms, State

TONES = {
    State.WAITING: "info",
    State.UNKNOWN: "warn",
    State.SENT: "ok",
    State.REFUSED: "bad",
    State.DEAD: "bad",
}


def persons(rows: Sequence[Sms]) -> Iterable[int]:
    return {row.person_id for row in rows if row.person_id is not None}


MESSAGES = Register(
    code="sms",
    title="短信提醒",
    model=Sms,
    rows=lambda: Sms.objects.select_related("person"),
    icon="message",
    unit="条",
    help="预约前一天的提醒。没有发出、被拒收的，请打电话告诉本人。内容不写姓名和事项。",
    read="booking.handle",
    persons=persons,
    columns=(
        Column("made_at", "产生时间", "moment"),
        Column("person", "收件人", "name", path="person__name"),
        Column("phone", "手机", "phone"),
        Column("text", "内容"),
        Column("state", "状态", "badge", tones=TONES),
        Column("answer", "最近一次结果"),
    ),
    filters=(Filter("state", "状态", "choice"), Filter("region", "所在地", "region", "region_id")),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
)
