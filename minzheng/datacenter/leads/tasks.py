"""A lead is looked at on the spot: the one kind of task that leads open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.words import NOT_REACHED, About, Outcome, TaskKind


def about(tasks: Sequence[Task]) -> Mapping[int, About]:
    """Whom the lead names, and what was said of them: kept in the lead, not in the task."""
    from minzheng.datacenter.leads.models import Lead

    return {
        lead.task_id: About(
            lead.name,
            lead.address,
            ((lead.name, lead.phone),) if lead.phone else (),
            f"反映的情况：{lead.story}",
        )
        for lead in Lead.objects.filter(task__in=tasks)
    }


LEAD_VISIT = TaskKind(
    code="lead.visit",
    title="核实困难线索",
    covers=("S-055",),
    level=Level.VILLAGE,
    within="lead_visit_days",
    help="当面看一看、问一问，是不是真的有困难，本人愿不愿意申请。",
    about=about,
    questions=(
        Question(
            "urgent", "现在有没有断粮、无人照料、患病没钱治这样的急难？", "yes_no",
            hint="有的，请当天告诉乡镇（街道），可以先行救助。",
        ),
        Question("willing", "本人愿意申请救助吗？", "yes_no"),
        Question("why_not", "为什么不愿意？", "long_text", show_if=when("willing", False), required=False, max=200),
    ),
    outcomes=(
        Outcome("true", "属实，需要救助"),
        Outcome("refer", "属实，应由其他部门帮助"),
        Outcome("no_need", "不需要救助"),
        Outcome("later", "约好改天再来", closes=False),
        NOT_REACHED,
    ),
)  # fmt: skip
