"""What a family sent in beforehand (F1, F6) is done with, as soon as the counter has done it."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within

WAITING = "waiting"


@beyond_region("家属事先提交的申请，由殡仪馆、墓地管理单位办完以后系统办结，他们看不到申请")
def finish(item: str, deceased: Person, region: str, note: str, today: dt.date) -> None:
    """Of this county, by the number of the deceased: the operator's account never opens the case itself."""
    for case in Case.objects.filter(within(region[:6]), item=item, step=WAITING):
        if case.data.get("deceased_id_no") == deceased.id_no:
            do_move(SystemAccess.on(today), case, "accept", {"note": note})
