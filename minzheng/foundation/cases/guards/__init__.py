"""Every reason why a move may not be possible now."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.guards import applying, deciding, publicity, reviewing
from minzheng.foundation.cases.guards.word import GUARDS, guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Move

__all__ = ["GUARDS", "applying", "deciding", "guard", "hindrances", "publicity", "reviewing"]


def hindrances(access: Access, case: Case, move: Move) -> list[str]:
    """Every reason why the move is not possible now."""
    found = [reason for name in move.guards if (reason := GUARDS[name](access, case))]
    return [*_moves_missing(case, move), *found]


def _moves_missing(case: Case, move: Move) -> list[str]:
    if not move.needs and not move.needs_once:
        return []
    made = list(
        case.moves.filter(round=case.round).order_by("id").values_list("move", "from_step", "to_step")
    )
    since = max((i for i, (_, was, to) in enumerate(made) if to == case.step and was != to), default=-1)
    lately = {key for key, _, _ in made[since + 1 :]}
    ever = {key for key, _, _ in made}
    lacking = [key for key in move.needs if key not in lately] + [
        key for key in move.needs_once if key not in ever
    ]
    titles = {one.key: one.title for _, one in case.service_item.all_moves}
    return [f"请先完成“{titles[key]}”。" for key in lacking]
