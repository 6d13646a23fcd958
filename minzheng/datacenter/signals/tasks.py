"""Who is sent when a signal finds something, and what may come of it (国办发〔2023〕39号)."""

from minzheng.datacenter.signals.models import Outcome as Found
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

OUTCOMES = (
    *(
        Outcome(found.value, str(found.label), opens_case=found == Found.CASE)
        for found in Found
        if found != Found.DESK
    ),
    NOT_REACHED,
)
SEEN = Question(
    "seen", "看到的情况", "long_text", min=2, max=500, hint="写明家里现在的情况和困难，不要写号码。"
)
NEXT = Question(
    "next", "下一步做什么", "long_text", required=False, max=300, hint="例如：转介医保局，下周五回访。"
)

VISIT = TaskKind(
    code="signals.visit",
    title="预警走访",
    level=Level.VILLAGE,
    within="signal_medical_days",  # every alert brings its own days
    outcomes=OUTCOMES,
    questions=(SEEN, NEXT),
    help="上门看一看，听一听。预警只说明可能有困难，情况以您看到的为准。",
)
CHECK = TaskKind(
    code="signals.check",
    title="预警核查",
    level=Level.TOWNSHIP,
    within="signal_reverse_days",
    outcomes=OUTCOMES,
    questions=(SEEN, NEXT),
    help="与本人和有关部门核实。核实以前，待遇照常发放。",
)
BROKEN = TaskKind(
    code="signals.broken",
    title="预警失灵，查明原因",
    level=Level.COUNTY,
    within="signal_broken_days",
    outcomes=(Outcome("mended", "已恢复"), Outcome("accepted", "已知情，暂不能恢复")),
    questions=(Question("cause", "原因和处理", "long_text", min=2, max=500),),
    help="预警失灵期间，没有预警不等于没有困难。请联系数据提供部门或管理员。",
)
SWEEP = TaskKind(
    code="signals.sweep",
    title="摸排走访",
    level=Level.VILLAGE,
    within="sweep_days",
    outcomes=OUTCOMES,
    questions=(SEEN, NEXT),
    help="逐户走访，了解生活、医疗、照料方面的困难，讲清可以申请的救助。",
)
