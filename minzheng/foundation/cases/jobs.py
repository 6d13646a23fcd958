"""What happens by lapse of time: an uncorrected application lapses, a gradual exit runs out."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from minzheng.foundation.cases.engine import do_move, moves_open
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items import SYSTEM, ServiceItem
from minzheng.foundation.registry.words import shelf


def make_due_moves(today: dt.date) -> Counter[str]:
    """Make every move that an item gives to the system, asks nothing and is possible today.

    Returns how many of each, by title. Each case moves in its own transaction; running it twice does no more.
    """
    made: Counter[str] = Counter()
    access = SystemAccess.on(today)
    for item in shelf(ServiceItem):
        for step, move in item.all_moves:
            if SYSTEM in step.roles_of(move) and not move.record:
                for case in Case.objects.filter(item=item.code, step=step.key).iterator():
                    if _is_possible(access, case, move.key):
                        do_move(access, case, move.key)
                        made[move.title] += 1
    return made


def _is_possible(access: SystemAccess, case: Case, key: str) -> bool:
    return any(one.move.key == key and one.is_possible for one in moves_open(access, case))
