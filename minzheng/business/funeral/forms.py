"""What a family, a village or an agency states beforehand (handbook 11.4, F1 … F6)."""

from minzheng.business.funeral.models import Method
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import HANDLER, same

DECEASED = Section(
    "deceased",
    "逝者",
    (
        Question("deceased_name", "逝者姓名", "name", page="逝者是谁？"),
        Question("deceased_id_no", "逝者身份证号", "id_no", page="逝者是谁？"),
        Question(
            "relation",
            "您是逝者的什么人？",
            "choice",
            options=same("配偶", "子女", "父母", "兄弟姐妹", "其他亲属", "受家属委托的人"),
            page="逝者是谁？",
        ),
    ),
)
PHONE = Question("phone", "联系电话", "phone")
TRUE = Question("promise", "以上内容真实，如有不实愿承担责任。", "agree")
CONTACT = Section("contact", "联系和声明", (PHONE, TRUE))

WAIVER = Form(
    (
        DECEASED,
        Section(
            "wanted",
            "要哪些服务",
            (
                Question(
                    "services",
                    "需要哪些基本服务？",
                    "choices",
                    options=same("遗体接运", "遗体存放", "遗体火化", "骨灰寄存"),
                ),
                Question("home_name", "在哪家殡仪馆办理？", "text", required=False, max=100),
            ),
        ),
        CONTACT,
    )
)
ECO = Form(
    (
        DECEASED,
        Section(
            "burial",
            "安葬",
            (
                Question("method", "安葬方式", "choice", options=tuple(Method.choices)),
                Question("done_on", "安葬日期", "date", tense="past"),
                Question("proof_no", "安葬证明编号", "text", max=60, hint="安葬单位开具的证明。"),
            ),
        ),
        Section(
            "account",
            "补贴发到哪里",
            (
                Question("bank_name", "开户银行", max=60),
                Question("bank_account", "您本人的银行账号", "bank_account"),
            ),
        ),
        CONTACT,
    )
)
TRANSPORT = Form(
    (
        DECEASED,
        Section(
            "way",
            "从哪里运到哪里",
            (
                Question("from_place", "运出地", "text", max=60, hint="省、市、县。"),
                Question(
                    "home_name",
                    "接收的殡仪馆",
                    "text",
                    required=False,
                    max=100,
                    hint="当地只有一家的不用填。",
                ),
                Question("certificate_no", "死亡证明编号", "text", max=60),
            ),
        ),
        CONTACT,
    )
)
CEMETERY = Form(
    (
        HANDLER,
        Section(
            "plan",
            "规划和用地",
            (
                Question("planned", "规划墓位数", "number", min=1, max=100_000, unit="个"),
                Question("area", "面积", "number", min=1, max=10_000_000, unit="平方米"),
                Question("land_no", "用地手续文号", "text", max=60),
                Question("villagers_only", "只供本村村民使用，一般不收费", "agree"),
            ),
        ),
    )
)
AGENT = Form(
    (
        HANDLER,
        Section(
            "services",
            "代理服务",
            (
                Question("services", "代理哪些服务", "text", max=200),
                Question("promise", "只代办手续和家属委托的服务，不收取殡仪馆清单以外的费用", "agree"),
            ),
        ),
    )
)
RENEWAL = Form(
    (
        DECEASED,
        Section(
            "term",
            "续用",
            (
                Question("place_name", "安放（葬）在哪里", "text", max=100),
                Question("certificate_no", "安放证编号", "text", required=False, max=60),
                Question("years", "续用几年", "number", unit="年", min=1, max=20),
            ),
        ),
        CONTACT,
    )
)
