"""Somebody visits the member: a toy kind of task that uses everything."""

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

VISIT = TaskKind(
    code="club.visit",
    title="看望会员",
    level=Level.VILLAGE,
    within="lead_visit_days",
    help="看看会员近况，问问有没有困难。",
    questions=(
        Question("well", "身体好吗？", "yes_no"),
        Question("trouble", "有什么不舒服？", "long_text", show_if=when("well", False), max=200),
    ),
    outcomes=(
        Outcome("fine", "一切都好"),
        Outcome("needs_help", "需要帮助", opens_case=True),
        Outcome("later", "约好改天再来", closes=False),
        NOT_REACHED,
    ),
)
CHECKED = TaskKind(
    code="club.checked",
    title="核实会费",
    level=Level.TOWNSHIP,
    within="lead_visit_days",
    outcomes=(Outcome("right", "属实"), Outcome("wrong", "不属实")),
    needs_photo=True,
    four_eyes=True,
)
