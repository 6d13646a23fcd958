"""The word TaskKind (任务): what somebody must do by a day. A line or a part declares its kinds in `tasks.py`.

    VERIFY_DEATH = TaskKind(
        code="screening.death", title="核实亡故仍领",
        level=Level.VILLAGE, within="screening_visit_days",
        questions=(Question("died", "是否已经去世？", "yes_no"),),
        outcomes=(Outcome("true", "情况属实"), Outcome("false", "情况不实"), NOT_REACHED),
    )

Tasks are opened by `open_tasks` and come back as the events `task.done` … (docs/tasks.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.regions.models import Level
from minzheng.foundation.registry.words import Word

HOLDERS = (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)


@dataclass(frozen=True)
class Outcome:
    """How a visit may end. `closes`: the task is done with it; `reached`: somebody answered, so the questions are asked.

    An outcome that does not reach anybody counts as one unanswered contact (Task.contacts).
    """

    key: str
    title: str
    closes: bool = True
    reached: bool = True
    opens_case: bool = (
        False  # somebody was found in need: the visitor may begin the application from the receipt
    )


NOT_REACHED = Outcome("not_reached", "未联系上", closes=False, reached=False)


@dataclass(frozen=True)
class About:
    """Whom one is to visit, for the visitor's eyes only: shown after a right was checked, never stored in a task."""

    name: str = ""
    address: str = ""
    phones: tuple[tuple[str, str], ...] = ()  # (whose, number)
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskKind(Word):
    """One kind of task. `level` is whose people do it; `within` names the dated standard that says by when."""

    file: ClassVar[str] = "tasks"

    level: Level
    within: str
    outcomes: tuple[Outcome, ...]
    questions: tuple[Question, ...] = ()
    help: str = ""  # what to do there, in plain words: the first thing on the visit's page
    reads: str = "task.read"  # permission; a kind whose very existence is confidential names its own
    unit: Unit = Unit.DAYS
    warn_percent: int = 80
    needs_photo: bool = False
    escalates: bool = True
    four_eyes: bool = False  # a second person confirms what the visitor recorded
    # Who it is, where that stands elsewhere than in the task's person and household: tasks → by their keys, in bulk.
    about: Callable[[Sequence[Any]], Mapping[int, About]] | None = None

    def outcome(self, key: str) -> Outcome | None:
        return next((one for one in self.outcomes if one.key == key), None)

    def problems(self) -> Iterable[str]:
        if self.level not in HOLDERS:
            yield "level 只能是村、乡镇或县（Level.VILLAGE、TOWNSHIP、COUNTY）。"
        if self.reads not in PERMISSIONS:
            yield f"reads=“{self.reads}”不是已有的权限，请用 accounts/permissions.py 里的代码。"
        keys = [one.key for one in self.outcomes]
        if len(keys) != len(set(keys)):
            yield "outcomes 里有重复的 key，请改成各不相同。"
        if not any(one.closes for one in self.outcomes):
            yield "outcomes 里没有一个能办结任务的结果（closes=True），请至少给一个。"
        if not 1 <= self.warn_percent <= 100:
            yield "warn_percent 应在 1 至 100 之间。"
        yield from Form((Section("visit", self.title, self.questions),)).problems()
