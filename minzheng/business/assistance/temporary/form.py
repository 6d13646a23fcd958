"""What is asked when help cannot wait, and when a family's spending has outrun it (handbook 11.7)."""

from minzheng.business.assistance.dibao.form import (
    ASSET_AMOUNTS,
    ASSET_KINDS,
    CARS,
    HOUSES,
    MEMBERS,
)
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import same

CAUSES = ("火灾", "交通事故", "突发重病", "就学", "失业", "其他")
SEVERITIES = ("一般", "较重", "特别严重")
CAUSE = Question("cause", "遇到了什么事？", "choice", options=same(*CAUSES))
BANK = (
    Question("bank_name", "开户银行", "text", required=False),
    Question("bank_account", "本人银行账号", "bank_account", required=False, hint="金额较大的由银行发放；没有可以以后补。"),
)  # fmt: skip
PROMISE = Question("promise", "以上情况属实；隐瞒、虚报的，退回救助款并依法承担责任", "agree")

EMERGENCY_FORM = Form(
    (
        Section(
            "event",
            "遇到的急难",
            (
                CAUSE,
                Question("event_date", "哪一天发生的？", "date", tense="past"),
                Question("event_place", "在哪里发生的？", "text", hint="写到村、路或单位；不用是户籍地。"),
                Question("story", "现在最困难的是什么？", "long_text", max=500),
                Question(
                    "need",
                    "需要什么帮助？",
                    "choice",
                    options=(
                        ("cash", "现金"),
                        ("goods", "衣被、食品等实物"),
                        ("referral", "帮忙联系其他部门"),
                    ),
                ),
                Question("loss", "大约损失了多少钱？", "money", required=False, min=0),
                Question("received_other", "已经得到其他帮助多少钱？", "money", required=False, min=0),
            ),
        ),
        Section(
            "contact",
            "怎样联系您",
            (
                Question("address", "现在住在哪里？", "text", hint="临时住处也可以。"),
                Question("phone", "联系电话", "phone", required=False),
                *BANK,
                PROMISE,
            ),
        ),
    )
)

SPENDING = (
    Question("spending_medical", "看病自己花了多少？", "money", min=0, hint="医保报销以后的，近12个月合计；没有填0。"),
    Question("spending_education", "上学花了多少？", "money", min=0, hint="学费、住宿费，按公办学校标准；没有填0。"),
    Question("spending_other", "其他必需的大额支出", "money", min=0, hint="例如康复、殡葬；没有填0。"),
)  # fmt: skip
SPENDING_FORM = Form(
    (
        Section(
            "event",
            "遇到的困难",
            (
                CAUSE,
                Question("event_date", "从哪一天开始？", "date", tense="past"),
                Question("story", "简单说说家里的困难", "long_text", max=500),
                Question(
                    "category", "户口所在地是城镇还是农村？", "choice", options=(("城市", "城镇"), ("农村", "农村"))
                ),
                Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
                Question("phone", "联系电话", "phone"),
                Question("bank_name", "开户银行", "text"),
                Question("bank_account", "申请人本人银行账号", "bank_account"),
            ),
        ),
        Section("members", "家庭成员和收入", (MEMBERS,)),
        Section("spending", "近12个月的必需支出", SPENDING),
        Section("property", "家庭财产", (ASSET_KINDS, *ASSET_AMOUNTS, HOUSES, CARS)),
        Section(
            "promise",
            "承诺",
            (
                Question("spending_asked", "申请支出型临时救助，同意核对家庭经济状况", "agree"),
                Question("related_staff", "家里有人是本乡镇工作人员或村（居）委会成员吗？", "yes_no"),
                PROMISE,
            ),
        ),
    )
)  # fmt: skip
