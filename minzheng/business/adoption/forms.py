"""What is told beforehand, online. The child is not named here: that is done face to face."""

from minzheng.business.adoption.kinds import ChildKind
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import same

PHONE = Question("phone", "联系电话", "phone")
TRUE = Question("promise", "我声明以上内容真实。骗取收养登记的，登记会被撤销。", "agree")

ADOPT = Form(
    (
        Section(
            "family",
            "您的家庭",
            (
                Question("married", "您现在有配偶吗？", "yes_no", hint="有配偶的，要夫妻一起收养。"),
                Question(
                    "children",
                    "您（你们）现在有几个孩子？",
                    "number",
                    min=0,
                    max=30,
                    unit="个",
                    hint="包括已经收养的。",
                ),
            ),
        ),
        Section(
            "child",
            "孩子",
            (
                Question("kind", "想收养的孩子是", "choice", options=tuple(ChildKind.choices)),
                Question(
                    "eight",
                    "孩子满八周岁了吗？",
                    "yes_no",
                    hint="满八周岁的，要孩子本人同意，来的时候一起到场。",
                ),
            ),
            hint="孩子的姓名和来历不用在网上写，到场时当面登记、密封保存。",
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
DISSOLVE = Form(
    (
        Section(
            "agreement",
            "解除收养",
            (
                Question(
                    "agreed",
                    "养父母和孩子（未成年的，还有送养人）都同意解除",
                    "yes_no",
                    hint="有一方不同意的，登记机关不能办，可以向法院起诉。",
                ),
                Question("settled", "抚养、生活费和财产已经商量好", "yes_no"),
                Question(
                    "why",
                    "为什么解除",
                    "choice",
                    options=same(
                        "关系恶化，不能共同生活", "养父母不能再抚养", "送养人要求并协商一致", "其他"
                    ),
                ),
            ),
            hint="协议书不要上传，到场时当面交给登记员，密封保存。",
        ),
        Section("contact", "联系和声明", (PHONE, TRUE)),
    )
)
