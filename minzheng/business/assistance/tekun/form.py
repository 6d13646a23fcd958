"""What is asked when somebody applies to be supported (43号): own means, obligors, six things of daily life, place."""

from minzheng.business.assistance.dibao.form import (
    CENTRAL_PENSION,
    INCOME_AMOUNTS,
    INCOME_KINDS,
    RELATIONS,
    SITUATION,
)
from minzheng.foundation.forms import Form, Group, Question, Section, when
from minzheng.foundation.items.usual import same

SIX = (
    ("self_eat", "能自己吃饭吗？"),
    ("self_dress", "能自己穿衣吗？"),
    ("self_bed", "能自己上下床吗？"),
    ("self_toilet", "能自己如厕吗？"),
    ("self_walk", "能自己在室内行走吗？"),
    ("self_wash", "能自己洗澡吗？"),
)
DAILY = tuple(Question(key, label, "yes_no", page="日常生活六件事") for key, label in SIX)
COLLECTIVE, SCATTERED = "集中供养", "分散供养"
PLACE = Question(
    "place",
    "愿意怎样供养？",
    "choice",
    options=((COLLECTIVE, "到供养服务机构（集中供养）"), (SCATTERED, "在家（分散供养）")),
    hint="可以改变主意；完全或部分丧失自理能力的，优先安排集中供养。",
)
OWN = (
    Question("own_assets", "您名下现金、存款、股票、保险等一共多少？", "money", min=0),
    Question("own_houses", "您名下有几套房？", "number", min=0, max=50, unit="套"),
    Question("own_cars", "您名下有几辆汽车、几条船？", "number", min=0, max=50, unit="辆（条）", hint="残疾人代步车不算。"),
)  # fmt: skip
STATES = ("都不是", "特困人员", "低保对象", "无民事行为能力", "宣告失踪", "服刑")
DISABILITY = tuple(one for one in SITUATION if one.key in {"disability_type", "disability_grade"})
OBLIGORS = Group(
    "obligors",
    "法定赡养、抚养、扶养义务人",
    (
        Question("name", "姓名", "name", page="这位义务人是谁？"),
        Question(
            "relation", "与申请人的关系", "choice", options=same(*RELATIONS[1:]), page="这位义务人是谁？"
        ),
        Question("birth_date", "出生日期", "date", tense="past", page="这位义务人是谁？"),
        Question(
            "duty_status", "属于下列哪种情况？", "choice", options=same(*STATES), page="这位义务人的情况"
        ),
        *DISABILITY,
        Question("obligor_income", "本人每月（年）收入", "money_flow", min=0, required=False, page="这位义务人的收入和财产", hint="不清楚可以不填，由工作人员经本人同意后核对。"),
        Question("obligor_property_within", "财产符合当地低收入家庭规定吗？", "yes_no", required=False, page="这位义务人的收入和财产", hint="不清楚可以不填。"),
    ),
    row="义务人",
    row_title="name",
    max=20,
    hint="配偶、子女、父母等，不论是否住在一起，都要列出。",
    show_if=when("has_supporters", True),
)  # fmt: skip

FORM = Form(
    (
        Section(
            "contact",
            "联系方式",
            (
                Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
                Question("phone", "联系电话", "phone", hint="可以留村（社区）或照料人的电话。"),
                Question("story", "简单说说生活情况", "long_text", required=False, max=500),
            ),
        ),
        Section("obligors", "义务人", (Question("has_supporters", "有法定赡养、抚养、扶养义务人吗？", "yes_no"), OBLIGORS)),
        Section("means", "本人收入和财产", (INCOME_KINDS, *INCOME_AMOUNTS, CENTRAL_PENSION, *OWN)),
        Section("daily", "生活自理", (*DAILY, PLACE)),
        Section(
            "payment",
            "领款账户",
            (
                Question("bank_name", "开户银行", "text", required=False, page="供养金发到哪里？"),
                Question("bank_account", "本人的银行卡号", "bank_account", required=False, page="供养金发到哪里？", hint="没有的由乡镇（街道）协助办理。"),
            ),
        ),
        Section(
            "promise",
            "声明",
            (
                Question("related_staff", "您与办理的工作人员、村（居）委会成员是近亲属吗？", "yes_no"),
                Question("consent", "我同意民政部门核对本人的收入和财产。", "agree"),
                Question("promise", "我承诺以上内容真实；情况有变化会及时告知。", "agree"),
            ),
        ),
    )
)  # fmt: skip
