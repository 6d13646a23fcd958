"""An old person who was missed says where the money goes; age and hukou are known."""

from minzheng.foundation.forms import Form, Question, Section

FORM = Form(
    (
        Section(
            "contact",
            "联系和领款",
            (
                Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
                Question("phone", "联系电话", "phone", hint="可以留子女的电话。"),
                Question("bank_name", "开户银行", "text", page="津贴发到哪里？"),
                Question("bank_account", "老人本人的银行卡号", "bank_account", page="津贴发到哪里？"),
            ),
        ),
        Section(
            "promise",
            "声明",
            (Question("promise", "我承诺以上内容真实；户籍迁出会及时告知。", "agree"),),
        ),
    )
)
