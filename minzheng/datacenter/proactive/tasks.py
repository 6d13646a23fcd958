"""What must be asked before anything can be paid without an application."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

FACTS = TaskKind(
    code="proactive.facts",
    title="主动发放：补齐事实",
    level=Level.VILLAGE,
    within="screening_visit_days",
    help="本人可能符合主动发放的条件，还缺几项事实。请按“原因”里列出的逐项查明并登记，下月自动再比对。",
    questions=(Question("note", "核实情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("known", "已查明并登记"), Outcome("unknown", "无法查明"), NOT_REACHED),
)
