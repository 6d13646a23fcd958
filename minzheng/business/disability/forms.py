"""What a disabled person is asked: as little as can be, since certificate and dibao are on our own registers."""

from minzheng.foundation.forms import Form, Question, Section

CONTACT = Section(
    "contact",
    "联系和领款",
    (
        Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
        Question("phone", "联系电话", "phone"),
        Question("bank_name", "开户银行", "text", page="补贴发到哪里？"),
        Question("bank_account", "本人的银行卡号", "bank_account", page="补贴发到哪里？"),
    ),
)
PROMISE = Section(
    "promise",
    "声明",
    (
        Question(
            "consent",
            "我同意民政部门比对残疾人证、低保、特困、工伤等信息，用于审核和每年核实。",
            "agree",
        ),
        Question("promise", "我承诺以上内容真实；情况有变化会及时告知。", "agree"),
    ),
)
CARE = Question(
    "care_months",
    "需要别人长期照护多久了？",
    "number",
    min=0,
    max=1500,
    unit="个月",
    hint="从因残疾离不开别人照护的时候算起。",
)
VERIFIED_CARE = (
    Question("care_months", "核实需要长期照护的时间", "number", min=0, max=1500, unit="个月", required=False),
)

LIVING_FORM = Form((CONTACT, PROMISE))
NURSING_FORM = Form((CONTACT, Section("care", "照护情况", (CARE,)), PROMISE))
