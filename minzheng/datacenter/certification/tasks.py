"""The visits of the silent certification: exceptions only."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

SEEN = (Question("note", "核实情况", "long_text", min=2, max=400),)

VISIT = TaskKind(
    code="certification.visit",
    title="静默认证例外核实",
    level=Level.VILLAGE,
    within="certification_visit_days",
    help="数据比对有例外，请联系或上门核实。两次联系不上的，从下月起暂缓发放；联系上即恢复。",
    questions=SEEN,
    outcomes=(
        Outcome("in_order", "本人在，仍符合条件"),
        Outcome("changed", "情况有变化，应当复核"),
        NOT_REACHED,
    ),
)
FOLLOW_UP = TaskKind(
    code="certification.follow_up",
    title="静默认证核实有变化，请办理",
    level=Level.COUNTY,
    within="screening_follow_up_days",
    help="上门核实后情况有变化。请办理复核、停发或变更。",
    questions=SEEN,
    outcomes=(Outcome("handled", "已办理"), Outcome("not_needed", "经复查不需办理")),
)
