"""Whose turn it is: what has been made at this step and in this round, and which roles the case waits for."""

from __future__ import annotations

from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Move, Step


def moves_made(case: Case) -> tuple[set[str], set[str]]:
    """Keys of the moves made since the case came to its step, and of all moves of the present round."""
    made = list(
        case.moves.filter(round=case.round).order_by("id").values_list("move", "from_step", "to_step")
    )
    arrived = max((i for i, (_, was, to) in enumerate(made) if to == case.step and was != to), default=-1)
    return {key for key, _, _ in made[arrived + 1 :]}, {key for key, _, _ in made}


def moves_missing(case: Case, move: Move) -> list[str]:
    """Moves that must come before this one and have not been made."""
    if not move.needs and not move.needs_once:
        return []
    lately, ever = moves_made(case)
    return [key for key in move.needs if key not in lately] + [
        key for key in move.needs_once if key not in ever
    ]


def waits_for_roles(case: Case, step: Step) -> list[str]:
    """Roles on whose to-do list the case stands: the step's own, and those of what others must do first."""
    if not step.is_task:
        return []
    needed = {key for move in step.moves for key in moves_missing(case, move)}
    roles = set(step.roles)
    for move in step.moves:
        is_due = move.key in needed and not moves_missing(case, move)
        if is_due or ("county_visited" in move.marks and _county_must_visit(case)):
            roles.update(step.roles_of(move))
    return sorted(roles)


def _county_must_visit(case: Case) -> bool:
    return case.county_visit and not county_has_visited(case)


def county_has_visited(case: Case) -> bool:
    return case.moves.filter(round=case.round, marks__contains=["county_visited"]).exists()
