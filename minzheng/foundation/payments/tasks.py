"""What the township does about an account that takes no money, and the county about an answer that cannot be read."""

from minzheng.foundation.forms import Question
from minzheng.foundation.payments import waiting
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.waiting import Waiting
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

ACCOUNT = TaskKind(
    code="payment.account",
    title="银行账户核对",
    level=Level.TOWNSHIP,
    within="payment_account_days",
    help="款项连续发不到账户，已暂缓发放。请联系本人核对姓名、账号和账户状态；账号更正后次日自动恢复，暂缓的月份照补。",
    questions=(Question("note", "核对情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("corrected", "账户已更正"), Outcome("informed", "已通知本人去银行办理"), NOT_REACHED),
)

RETURN = TaskKind(
    code="payment.return",
    title="回盘文件核对",
    level=Level.COUNTY,
    within="payment_return_days",
    help="夜间取回的回盘文件不能导入，已原样另存。请财务人员与代发机构核对，取得正确的文件后在批次页面导入；不要重发款项。",
    questions=(Question("note", "办理情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("corrected", "代发机构已更正文件"), Outcome("imported", "已另行导入正确的文件")),
)

_MAKE, _BATCHES = "payment.make", "desk:payments:batches"
TO_MAKE = Waiting(
    code="payments.make", title="本月待编制", permission=_MAKE, page=_BATCHES, count=waiting.not_made, unit="项待遇",
)  # fmt: skip
TO_CHECK = Waiting(
    code="payments.check", title="待复核批次", permission="payment.check", page=_BATCHES, count=waiting.to_check,
    unit="批", note="须由编制人以外的人复核",
)  # fmt: skip
UNANSWERED = Waiting(
    code="payments.answer", title="等代发机构回盘", permission=_MAKE, page=_BATCHES, count=waiting.unanswered, unit="批",
)  # fmt: skip
AGAIN = Waiting(
    code="payments.again", title="未成功或暂缓", permission=_MAKE, page=_BATCHES, count=waiting.to_pay_again, unit="笔",
    note="账户更正后编制补发批次",
)  # fmt: skip
BACK = Waiting(
    code="payments.back", title="待追回", permission=_MAKE, page="desk:payments:recoveries", count=waiting.to_take_back,
)  # fmt: skip
