"""Every reason why a move may not be possible now."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.guards import applying, deciding, publicity, reviewing
from minzheng.foundation.cases.guards.word import GUARDS, guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.turns import moves_missing
from minzheng.foundation.items import Move

__all__ = ["GUARDS", "applying", "deciding", "guard", "hindrances", "publicity", "reviewing"]


def hindrances(access: Access, case: Case, move: Move) -> list[str]:
    """Every reason why the move is not possible now."""
    found = [reason for name in move.guards if (reason := GUARDS[name](access, case))]
    titles = {one.key: one.title for _, one in case.service_item.all_moves}
    return [*(f"请先完成“{titles[key]}”。" for key in moves_missing(case, move)), *found]
