"""What the county does about money that will not last."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import Outcome, TaskKind

LOW = TaskKind(
    code="fund.low",
    title="发放资金不足",
    level=Level.COUNTY,
    within="fund_low_days",
    help="按最近一个月的发放额计算，可用余额撑不到规定的月数。请向财政部门和上级申请拨款；资金到账并复核后，任务自动撤回。",
    questions=(Question("note", "办理情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("applied", "已申请拨款"), Outcome("arranged", "已调剂安排资金")),
)
