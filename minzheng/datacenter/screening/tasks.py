"""The visits that findings open: the township looks, and says what is so (foundation/tasks)."""

from minzheng.datacenter.screening.models import Kind, Result
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

SEEN = (Question("note", "核实情况", "long_text", min=2, max=400, hint="看到、听到了什么；依据是什么"),)


def outcomes(
    confirmed: str, false_alarm: str, *more: Outcome, opens_case: bool = False
) -> tuple[Outcome, ...]:
    """Keys are the results with which the finding is closed."""
    known = (
        Outcome(Result.CONFIRMED.value, confirmed, opens_case=opens_case),
        Outcome(Result.FALSE_ALARM.value, false_alarm),
    )
    return (*known, *more, NOT_REACHED)


MISSED = TaskKind(
    code="screening.missed",
    title="核实应享未享",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="按已登记的情况，这里有人符合条件却没有享受。请入户了解，本人愿意的，帮助申请。",
    questions=SEEN,
    outcomes=outcomes(
        "情况属实，愿意申请",
        "情况不实，不符合条件",
        Outcome(Result.DECLINED.value, "符合，本人不申请"),
        opens_case=True,
    ),
)
NOT_ENTITLED = TaskKind(
    code="screening.not_entitled",
    title="核实不符合仍在领",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="按已登记的情况，已不符合条件却仍在领取。请入户核实；减发、停发前要听取本人意见（社会救助法第四十八条）。",
    questions=SEEN,
    outcomes=outcomes("情况属实，应当复核", "情况不实，仍符合条件"),
)
WRONG_AMOUNT = TaskKind(
    code="screening.wrong_amount",
    title="核实金额不符",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="按已登记的情况算出的金额与实发不同。请核对收入、人口是否有变化。",
    questions=SEEN,
    outcomes=outcomes("情况属实，应当调整", "登记有误，金额无误"),
)
UNDETERMINED = TaskKind(
    code="screening.undetermined",
    title="补齐事实",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="缺少几项事实，无法认定。请按“原因”里列出的逐项查明并登记。",
    questions=SEEN,
    outcomes=outcomes("已查明并登记", "确实无法查明"),
)
DEAD_PAID = TaskKind(
    code="screening.dead_paid",
    title="核实亡故仍领",
    level=Level.TOWNSHIP,
    within="screening_death_days",
    help="登记显示已经去世，仍在发放。请核实本人是否健在。",
    questions=SEEN,
    outcomes=outcomes("已经去世", "本人健在，死亡登记有误"),
)
DUPLICATE = TaskKind(
    code="screening.duplicate",
    title="核实疑似重复登记",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="两条登记疑为同一人。请看身份证原件，核对号码。",
    questions=SEEN,
    outcomes=outcomes("同一人，转合并", "不是同一人"),
)
OVERLAP = TaskKind(
    code="screening.overlap",
    title="核实互斥待遇同时在领",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="同一人在领两项不能同时享受的待遇。请听取本人意见，问明保留哪一项。",
    questions=SEEN,
    outcomes=outcomes("情况属实，应停发一项", "情况不实"),
)
MOVED_OUT = TaskKind(
    code="screening.moved_out",
    title="核实迁出仍领",
    level=Level.TOWNSHIP,
    within="screening_visit_days",
    help="户籍已迁往外县，仍在本地领取。请核实，并告知在新户籍地申请的办法。",
    questions=SEEN,
    outcomes=outcomes("情况属实，应当停发", "情况不实"),
)
FOLLOW_UP = TaskKind(
    code="screening.follow_up",
    title="按核实结果办理",
    level=Level.COUNTY,
    within="screening_follow_up_days",
    help="乡镇（街道）已核实属实。请办理复核、调整或停发；多发的依规追回。",
    questions=SEEN,
    outcomes=(Outcome("handled", "已办理"), Outcome("not_needed", "经复查不需办理")),
)

VISITS = {
    Kind.ENTITLED_NOT_RECEIVING: MISSED,
    Kind.RECEIVING_NOT_ENTITLED: NOT_ENTITLED,
    Kind.WRONG_AMOUNT: WRONG_AMOUNT,
    Kind.UNDETERMINED: UNDETERMINED,
    Kind.DEAD_PAID: DEAD_PAID,
    Kind.DUPLICATE: DUPLICATE,
    Kind.OVERLAP: OVERLAP,
    Kind.MOVED_OUT: MOVED_OUT,
}
