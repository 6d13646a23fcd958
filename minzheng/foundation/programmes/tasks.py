"""What the closed loop asks of people: to assign, to mend by a day, to look whether it was mended (handbook §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import About, Outcome, TaskKind

if TYPE_CHECKING:
    from minzheng.foundation.tasks.models import Task


def about(tasks: Sequence[Task]) -> Mapping[int, About]:
    """Where the problem is, what was seen and what is asked: told to whoever goes there."""
    from minzheng.foundation.programmes.models import Problem

    keys = {task.detail.get("problem") for task in tasks}
    found = {one.pk: one for one in Problem.objects.filter(pk__in=keys).select_related("undertaking")}
    return {
        task.pk: About(
            one.undertaking.name, text="\n".join(filter(None, (one.title, one.measure, one.fix_note)))
        )
        for task in tasks
        if (one := found.get(task.detail.get("problem"))) is not None
    }


HOW = (
    Question(
        "how",
        "做了什么？",
        "long_text",
        hint="怎么改的；还没有改好的，写还差什么、哪天能好。",
        min=2,
        max=500,
    ),
)
ENDS = (Outcome("fixed", "已经改好"), Outcome("not_yet", "还没有改好", closes=False))

ASSIGN = TaskKind(
    code="programme.assign",
    title="交办问题",
    level=Level.TOWNSHIP,
    within="programme_assign_days",
    outcomes=(Outcome("assigned", "已交办"),),
    help="检查发现了问题，请到工作台“行动”里交办：写明整改要求和期限。",
    about=about,
)

FIX = TaskKind(
    code="programme.fix",
    title="整改问题",
    level=Level.TOWNSHIP,
    within="programme_fix_days_general",
    questions=HOW,
    outcomes=ENDS,
    needs_photo=True,
    about=about,
    help="督促单位改好，拍下改好以后的样子。改好后由另一位同志复核。",
)
# A major hazard is reported upwards the same day: its task is the county's.
FIX_MAJOR = TaskKind(
    code="programme.fix_major",
    title="整改重大问题",
    level=Level.COUNTY,
    within="programme_fix_days_major",
    questions=HOW,
    outcomes=ENDS,
    needs_photo=True,
    about=about,
    help="重大隐患由县级挂牌督办：先停用或撤离，再整改。拍下改好以后的样子。",
)
VERIFY = TaskKind(
    code="programme.verify",
    title="复核整改",
    level=Level.TOWNSHIP,
    within="programme_verify_days",
    questions=(Question("said", "复核意见", "long_text", required=False, max=200),),
    outcomes=(Outcome("passed", "确实改好了"), Outcome("failed", "没有改好，退回重改")),
    help="到现场看是不是真的改好了。登记整改的人不能自己复核。",
    about=about,
)
