"""What is asked for the subsidy: where the money goes. Grade, poverty and other subsidies are on our own registers."""

from minzheng.foundation.forms import Form, Question, Section

CONTACT = (
    Question("address", "老人现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
    Question("phone", "联系电话", "phone", hint="可以留子女的电话。"),
)
PROMISE = Section(
    "promise",
    "声明",
    (Question("promise", "我同意核对低保、残疾人补贴、能力评估等信息；情况有变化会及时告知。", "agree"),),
)
CASH = Form(
    (
        Section(
            "contact",
            "联系和领款",
            (
                *CONTACT,
                Question("bank_name", "开户银行", "text", page="补贴发到哪里？"),
                Question("bank_account", "老人本人的银行卡号", "bank_account", page="补贴发到哪里？"),
            ),
        ),
        PROMISE,
    )
)
VOUCHER = Form((Section("contact", "联系方式", CONTACT), PROMISE))
