"""Applying for dibao: what the clerk notes on acceptance (民发〔2021〕57号; handbook 1.2)."""

from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import applying

APPLYING = applying(
    "survey",
    record=(
        Question(
            "related_staff",
            "申请人或家庭成员与经办人员、村（居）委会成员是近亲属吗？",
            "yes_no",
            hint="是的，单独登记备案，由县级入户核查。",
        ),
        Question("special", "属于人户分离、异地申请或调查难度大的情形吗？", "yes_no", required=False),
    ),
)
