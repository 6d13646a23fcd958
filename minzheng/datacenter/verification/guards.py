"""What stands against a move of a case because of its check; items name these guards (docs/cases.md)."""

from __future__ import annotations

from minzheng.datacenter.verification.actions import NOT_CONNECTED, connected
from minzheng.datacenter.verification.models import Check
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.guards import guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registry.words import shelf


@guard
def check_possible(access: Access, case: Case) -> str | None:
    """Some department is connected, and no check of the case is under way."""
    try:
        if not connected():
            return NOT_CONNECTED
    except Refused as wrong:
        return " ".join(wrong.messages)
    open_one = case.checks.filter(state=Check.State.ASKING).first()
    return f"核对 {open_one.number} 正在进行，请在“核对”页查看进度。" if open_one else None


@guard
def check_answered(access: Access, case: Case) -> str | None:
    """Nobody records a result while departments are still expected to answer, unless that was decided."""
    open_one = case.checks.filter(state=Check.State.ASKING).first()
    if open_one is None:
        return None
    waiting = [shelf(Source).get(one.source).title for one in open_one.requests.all() if one.is_open]
    return (
        f"核对 {open_one.number} 还在等反馈：{'、'.join(dict.fromkeys(waiting))}。"
        "请等待，或在“核对”页决定不再等待并写明理由。"
    )
