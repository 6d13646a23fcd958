"""Who went there, what was found, and who is to go next. A confidential kind is told to nobody who may not know of it."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register
from minzheng.foundation.tasks.lists import OFFICE, common_kinds
from minzheng.foundation.tasks.models import IS_TO_DO, Task, TaskVisit


def _visits(whose: Whose) -> QuerySet[TaskVisit]:
    about = whose.of("task__person", "task__household")
    return TaskVisit.objects.filter(about, task__kind__in=common_kinds()).select_related("task", "made_by")


def _say_visit(visit: TaskVisit) -> Said:
    url = in_register("tasks", visit.task_id)
    return Said(f"{visit.made_by}走访：{visit.outcome_title}", visit.note or visit.task.title, "info", url)


def _open(whose: Whose) -> QuerySet[Task]:
    tasks = Task.objects.filter(IS_TO_DO, whose.of("person", "household"), kind__in=common_kinds())
    return tasks.select_related("holder")


def _say_task(task: Task) -> Said:
    who = f"由{task.holder}承办" if task.holder else task.get_state_display()
    return Said(task.title, who, "warn", in_register("tasks", task.pk))


TASKS = Chapter(
    code="tasks",
    title="走访和任务",
    permission="task.read",
    past=(Strand(_visits, "made_at", _say_visit, region="task__office_id", about="task.person_id"),),
    ahead=(Strand(_open, "due_on", _say_task, region=OFFICE),),
)
