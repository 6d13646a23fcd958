"""What the couple says beforehand, online or through another platform; everything is asked again face to face."""

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import same

PRIOR = (("single", "未婚"), ("divorced", "离婚"), ("widowed", "丧偶"))
PARTNER = (
    Question("partner_name", "对方姓名", "name", page="对方是谁？"),
    Question("partner_id_no", "对方身份证号", "id_no", page="对方是谁？"),
)
PHONE = Question("phone", "联系电话", "phone")
TRUE = Question("promise", "我声明以上内容真实；虚假声明会记入失信记录。", "agree")

MARRY = Form(
    (
        Section("partner", "对方", PARTNER),
        Section(
            "state",
            "婚姻状况",
            (
                Question("own_prior", "您现在的婚姻状况", "choice", options=PRIOR),
                Question("partner_prior", "对方现在的婚姻状况", "choice", options=PRIOR),
                Question("not_kin", "你们不是直系血亲，也不是三代以内旁系血亲", "agree"),
            ),
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
DIVORCE = Form(
    (
        Section("partner", "对方", PARTNER),
        Section(
            "agreement",
            "离婚协议",
            (
                Question(
                    "agreed_will",
                    "双方自愿离婚",
                    "yes_no",
                    hint="有一方不同意的，登记机关不能办，可以向法院起诉。",
                ),
                Question("agreed_children", "子女抚养已经商量好（没有子女的选“是”）", "yes_no"),
                Question("agreed_property", "财产和债务处理已经商量好", "yes_no"),
            ),
            hint="协议书不要上传。双方到场时当面交给登记员，密封保存，只有登记机关和你们自己能看。",
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
AGAIN = Form(
    (
        Section(
            "lost",
            "补领什么",
            (
                Question("which", "补领哪一种证", "choice", options=same("结婚证", "离婚证")),
                Question("why", "原因", "choice", options=same("遗失", "损毁", "内容有误")),
                Question(
                    "registered_year", "大约哪一年办的登记", "number", min=1950, max=2100, required=False
                ),
            ),
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
SEARCH = Form(
    (
        Section(
            "search",
            "查什么",
            (
                Question("purpose", "用来做什么", "text", hint="例如 办理房产、出国、继承公证。", max=100),
                Question(
                    "registered_year", "大约哪一年办的登记", "number", min=1950, max=2100, required=False
                ),
            ),
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
RECEIPT = Section(
    "receipt",
    "受理回执单",
    (
        Question("receipt_no", "离婚登记申请受理回执单编号", "text", hint="在回执单右上角。", max=40),
        Question("applied_on", "哪一天申请的", "date", tense="past"),
    ),
)
TAKE_BACK = Form(
    (
        RECEIPT,
        Section(
            "back",
            "撤回",
            (
                Question(
                    "understood",
                    "我知道：这里填写还不算撤回，冷静期满以前本人带身份证到原登记机关确认才算",
                    "agree",
                ),
            ),
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
COLLECT = Form(
    (
        RECEIPT,
        Section(
            "both",
            "双方",
            (
                *PARTNER,
                Question(
                    "both_come",
                    "双方都同意离婚，并且一起到原登记机关",
                    "yes_no",
                    hint="有一方不来的，领不了证；过了申领期限，视为撤回申请。",
                ),
            ),
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
COUNSEL = Form(
    (
        Section(
            "talk",
            "想谈什么",
            (
                Question(
                    "topic",
                    "想谈哪方面",
                    "choice",
                    options=same("婚前辅导", "婚姻调适", "冷静期辅导", "离婚后辅导", "亲子关系"),
                    hint="不用写具体的事，见面再说。辅导员以外的人看不到谈话内容。",
                ),
                Question("alone", "希望单独谈", "yes_no"),
            ),
        ),
        Section("contact", "联系", (PHONE,)),
    )
)
