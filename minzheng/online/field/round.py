"""Today's round: who waits, in the order of urgency, those who live together in one place together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.record import record
from minzheng.foundation.cases.models import Lamp
from minzheng.foundation.people.masking import mask_name
from minzheng.foundation.tasks.about import about_of
from minzheng.foundation.tasks.lists import people_of, to_do
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.foundation.tasks.words import About
from minzheng.online.desk.worklists.lines import ICONS, TONES

SHOWN = 100
# 三组5号 → 三组; 幸福小区2栋 → 幸福小区: the part of an address that neighbours share.
NEIGHBOURHOOD = re.compile(r"^.*?(?:组|屯|寨|自然村|小区|院子|队)")


@dataclass
class Stop:
    """One visit of the round. `place`: degrees where somebody stood on an earlier visit to this family."""

    task: Task
    about: About
    tone: str
    icon: str
    words: str
    place: tuple[float, float] | None
    number: int = 0  # its place in the list: tells two visits apart where no name may be kept (offline)

    @property
    def who(self) -> str:
        """Enough to recognize a neighbour on a list, too little for who looks over the shoulder."""
        return mask_name(self.about.name) or "见任务说明"

    @property
    def neighbourhood(self) -> str:
        found = NEIGHBOURHOOD.match(self.about.address)
        return self.task.region.name + (f" {found.group()}" if found else "")


@dataclass
class Neighbourhood:
    """Stops of one natural village, the most urgent first."""

    name: str
    stops: list[Stop] = field(default_factory=list)


@dataclass(frozen=True)
class Round:
    neighbourhoods: list[Neighbourhood]
    count: int
    late: int
    soon: int
    shown: int = SHOWN

    @property
    def is_cut(self) -> bool:
        return self.count > self.shown


def todays_round(access: Access) -> Round:
    """The user's tasks, at most SHOWN of them; the look is recorded with everyone on the list."""
    waiting = to_do(access)
    tasks = list(waiting.select_related("person", "household__head", "region")[:SHOWN])
    lamps = [task.lamp(access.today) for task in tasks]
    if tasks:
        record(
            "task.read",
            "查看走访清单",
            actor=access.user,
            persons=people_of(tasks),
            region=access.assignments[0].region_id,
            is_read=True,
        )
    return Round(
        _together(stops_of(tasks, access.today)),
        len(tasks) if len(tasks) < SHOWN else waiting.count(),
        lamps.count(Lamp.RED),
        lamps.count(Lamp.AMBER),
    )


def stops_of(tasks: Sequence[Task], today: dt.date) -> list[Stop]:
    places = _places({task.household_id for task in tasks if task.household_id})
    abouts = about_of(tasks, today)
    stops = []
    for task in tasks:
        tone, about = TONES[task.lamp(today)], abouts[task.pk]
        place = places.get(task.household_id)
        stops.append(Stop(task, about, tone, ICONS[tone], task.time_left(today), place))
    return stops


def _together(stops: Sequence[Stop]) -> list[Neighbourhood]:
    """In the order of each place's most urgent stop, because `stops` come by urgency."""
    found: dict[str, Neighbourhood] = {}
    for stop in stops:
        name = stop.neighbourhood
        found.setdefault(name, Neighbourhood(name)).stops.append(stop)
    listed = list(found.values())
    for number, stop in enumerate((stop for place in listed for stop in place.stops), 1):
        stop.number = number
    return listed


def _places(households: set[int]) -> dict[int | None, tuple[float, float]]:
    """Where earlier visitors stood, by household: the latest position of each."""
    visits = TaskVisit.objects.filter(task__household__in=households, latitude__isnull=False)
    rows = visits.order_by("made_at").values_list("task__household_id", "latitude", "longitude")
    return {household: (latitude, longitude) for household, latitude, longitude in rows}
