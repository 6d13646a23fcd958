"""What a family is asked when it applies for dibao (57号; field dictionary of the application form).

A question whose key is the name of a fact states that fact; a choice among facts states zero for those not chosen.
So nobody types noughts, and yet nothing is left unknown.
"""

from minzheng.foundation.forms import Form, Group, Question, Section, when
from minzheng.foundation.items.usual import same

RELATIONS = ("本人", "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "其他")
OTHERS = RELATIONS[2:]  # for these the law asks whether they live with the family and are owed support

INCOMES = (
    ("wage", "工资性收入", "务工、上班的收入，按到手金额"),
    ("business_income", "经营净收入", "种植、养殖、做生意，扣除成本以后"),
    ("property_income", "财产净收入", "利息、租金、土地流转、分红"),
    ("resident_pension", "城乡居民养老金", "村里老人按月领的养老金"),
    ("transfer_received", "其他转移性收入", "职工退休金、亲友固定给的钱等"),
    ("other_income", "其他收入", ""),
)
ASSETS = (
    ("deposits", "现金和存款", "全家合计"),
    ("securities", "股票、基金、债券", "现在的市值"),
    ("insurance_value", "商业保险", "现在退保能拿回的金额"),
    ("claims", "借给别人的钱", ""),
    ("internet_finance", "余额宝、微信零钱通等", "现在的余额"),
)

PERSON = (
    Question("name", "姓名", "name", page="这个人是谁？"),
    Question("id_no", "身份证号", "id_no", page="这个人是谁？"),
    Question("relation", "与申请人的关系", "choice", options=same(*RELATIONS), page="这个人是谁？"),
    Question(
        "lives_with_family",
        "长期和您家住在一起吗？",
        "yes_no",
        show_if=when("relation", *OTHERS),
        page="和家里的关系",
    ),
    Question(
        "legally_supported",
        "依法应由您家赡养、抚养或扶养吗？",
        "yes_no",
        hint="例如没有其他子女赡养的父母、由您抚养的孙子女。",
        show_if=when("relation", *OTHERS),
        page="和家里的关系",
    ),
    Question(
        "independent",
        "能自己独立生活吗？",
        "yes_no",
        required=False,
        hint="只有已满18周岁的子女需要回答。",
        show_if=when("relation", "子女"),
        page="和家里的关系",
    ),
)
SITUATION = (
    Question("labour_ability", "劳动能力", "choice", options=same("有", "部分", "无"), page="身体和工作"),
    Question("employed", "现在有工作吗？", "yes_no", page="身体和工作"),
    Question(
        "disability_type",
        "残疾类别",
        "choice",
        options=same("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
        hint="以残疾人证为准，没有证选“无”。",
        page="身体和工作",
    ),
    Question(
        "disability_grade",
        "残疾等级",
        "choice",
        options=same("一级", "二级", "三级", "四级"),
        show_if=when("disability_type", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
        page="身体和工作",
    ),
    Question(
        "education",
        "现在上学吗？",
        "choice",
        options=same("不在学", "学前", "义务教育", "高中或中职", "专科", "本科", "硕士研究生", "博士研究生"),
        page="上学",
    ),
    Question(
        "full_time_study",
        "是全日制在校学生吗？",
        "yes_no",
        show_if=when("education", "高中或中职", "专科", "本科", "硕士研究生", "博士研究生"),
        page="上学",
    ),
)
INCOME_KINDS = Question(
    "income_kinds",
    "过去12个月有下列哪些收入？",
    "choices",
    options=(*((key, label) for key, label, _ in INCOMES), ("none", "都没有")),
    hint="残疾人两项补贴、优抚金、奖学金、救助款不用填。",
)
INCOME_AMOUNTS = tuple(
    Question(key, label, "money_flow", hint=hint, min=0, show_if=when("income_kinds", key))
    for key, label, hint in INCOMES
)
CENTRAL_PENSION = Question(
    "resident_pension_central",
    "其中国家统一发的基础养老金",
    "money_flow",
    required=False,
    min=0,
    hint="不清楚可以不填，由核对系统查。",
    show_if=when("income_kinds", "resident_pension"),
)
MEMBERS = Group(
    "members",
    "共同生活的家庭成员",
    (*PERSON, *SITUATION, INCOME_KINDS, *INCOME_AMOUNTS, CENTRAL_PENSION),
    row="家庭成员",
    row_title="name",
    min=1,
    max=20,
    hint="先填申请人本人，再填其他家庭成员。",
)
OBLIGORS = Group(
    "obligors",
    "不住在一起的赡养、抚养、扶养义务人",
    (
        Question("name", "姓名", "name", page="这位义务人是谁？"),
        Question(
            "relation", "与申请人的关系", "choice", options=same(*RELATIONS[1:]), page="这位义务人是谁？"
        ),
        Question(
            "support_agreed",
            "判决或协议确定每月给多少？",
            "money_flow",
            required=False,
            min=0,
            hint="没有判决或协议可以不填。",
        ),
    ),
    row="义务人",
    hint="例如分户居住的成年子女、离婚后不抚养孩子的一方。",
    show_if=when("has_obligors", True),
)
ASSET_KINDS = Question(
    "asset_kinds",
    "家里有下列哪些财产？",
    "choices",
    options=(*((key, label) for key, label, _ in ASSETS), ("none", "都没有")),
)
ASSET_AMOUNTS = tuple(
    Question(key, label, "money", hint=hint, min=0, show_if=when("asset_kinds", key))
    for key, label, hint in ASSETS
)
HOUSES = Question(
    "houses", "全家有几套房？", "number", min=0, max=50, unit="套", hint="包括宅基地上的自建房。"
)
CARS = Question(
    "cars", "有几辆汽车、几条船？", "number", min=0, max=50, unit="辆（条）", hint="残疾人代步车不算。"
)
BUILDINGS = Group(
    "buildings",
    "房屋情况",
    (
        Question("kind", "房屋类型", "choice", options=same("自建房", "商品房", "公租房", "租住", "其他")),
        Question("area", "面积", "number", min=1, max=5000, unit="平方米"),
        Question("rights", "产权", "choice", options=same("自有", "共有", "无产权")),
    ),
    row="房屋",
    max=10,
)
VEHICLES = Group(
    "vehicles",
    "车船情况",
    (
        Question("plate", "号牌", "text"),
        Question("kind", "类型", "text", hint="例如小轿车、三轮摩托车、农用车。"),
        Question("value", "现在大约值多少钱？", "money", min=0),
    ),
    row="车船",
    max=10,
    show_if=when("has_vehicles", True),
)

FORM = Form(
    (
        Section(
            "family",
            "家庭基本情况",
            (
                Question(
                    "category",
                    "户口所在地是城镇还是农村？",
                    "choice",
                    options=(("城市", "城镇"), ("农村", "农村")),
                ),
                Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
                Question("phone", "联系电话", "phone"),
                Question(
                    "reason",
                    "为什么申请？",
                    "choice",
                    options=same("疾病", "残疾", "缺劳力", "失业", "就学", "灾害", "其他"),
                ),
                Question("story", "简单说说家里的困难", "long_text", required=False),
            ),
        ),
        Section("members", "家庭成员和收入", (MEMBERS,)),
        Section(
            "obligors",
            "不同住的义务人",
            (Question("has_obligors", "有不住在一起、应当赡养或抚养你们家人的亲属吗？", "yes_no"), OBLIGORS),
        ),
        Section(
            "property",
            "家庭财产",
            (
                ASSET_KINDS,
                *ASSET_AMOUNTS,
                HOUSES,
                BUILDINGS,
                CARS,
                Question("has_vehicles", "家里有车或船吗？", "yes_no", hint="摩托车、农用车也要填。"),
                VEHICLES,
                Question("land_mu", "承包土地", "number", decimals=1, min=0, unit="亩", required=False),
            ),
        ),
        Section(
            "payment",
            "领款账户",
            (
                Question("bank_name", "开户银行", "text", page="救助金发到哪里？"),
                Question("bank_account", "申请人本人的银行卡号", "bank_account", page="救助金发到哪里？"),
            ),
        ),
        Section(
            "promise",
            "声明",
            (
                Question(
                    "related_staff",
                    "您或家人与办理低保的工作人员、村（居）委会成员是近亲属吗？",
                    "yes_no",
                    hint="如实填写不影响申请，只是要单独登记备案。",
                ),
                Question("promise", "我承诺以上内容真实；家里情况有变化会及时告知。", "agree"),
            ),
        ),
    )
)
