"""What is special on the way of the two subsidies: the federation looks at the certificate; notices."""

from minzheng.foundation.forms import Question
from minzheng.foundation.items import NoticeKind
from minzheng.foundation.items.usual import notices, office_check, same

BY = "国发〔2015〕52号；民发〔2021〕70号"

FEDERATION = office_check(
    "县残联核对残疾人证",
    waits="县残联正在核对残疾人证。",
    record=(
        Question(
            "result", "核对结果", "choice", options=same("证件有效，与台账一致", "证件有变化，台账已更正")
        ),
        Question("remark", "说明", "long_text", required=False),
    ),
)


def subsidy_notices(mark: str) -> tuple[NoticeKind, ...]:
    """The usual ones, and what the applicant is told when the papers go to the place of the hukou."""
    passed_on = NoticeKind(
        key="transferred",
        title="转送户籍地告知单",
        mark=f"{mark}转",
        cite="民发〔2021〕70号",
        shows=("applicant", "item", "number", "date", "place", "due"),
    )
    return (*notices(mark, BY), passed_on)
