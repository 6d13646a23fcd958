"""What is asked at the funeral home's counter and for burial places."""

from __future__ import annotations

from minzheng.business.funeral.models import Basic, Presale, Source
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import same

RELATIONS = same("配偶", "子女", "父母", "兄弟姐妹", "其他亲属", "村（社区）", "单位")
DECEASED = (
    Question("name", "逝者姓名", "name"),
    Question("id_no", "逝者身份证号", "id_no"),
)
RECEIVE = (
    *DECEASED,
    Question("source", "死亡证明来源", "choice", options=tuple(Source.choices)),
    Question("certificate_no", "死亡证明编号", "text", max=60, hint="没有死亡证明不能接收。"),
    Question("died_on", "证明上的死亡日期", "date", tense="past"),
    Question("received_on", "接收日期", "date", tense="past"),
    Question("from_place", "接运地点", "text", required=False, max=120),
    Question("family_name", "家属姓名", "name"),
    Question("family_relation", "与逝者关系", "choice", options=RELATIONS),
    Question("family_phone", "家属电话", "phone"),
)
CREMATE = (
    Question("confirmation_no", "火化确认书编号", "text", max=60, hint="家属签字的确认书留存原件。"),
    Question("cremated_on", "火化日期", "date", tense="past"),
)
EXTEND = (
    Question("days", "延长几日", "number", unit="日", min=1, max=60),
    Question("reason", "原因", "text", min=2, max=120, hint="延期存放按收费清单收费。"),
)
HAND_ON = (
    Question("leaves_county", "运往外地吗？", "yes_no"),
    Question(
        "certificate_no",
        "接收证明编号",
        "text",
        required=False,
        max=40,
        show_if=when("leaves_county", True),
        hint="目的地民政部门开具。",
    ),
    Question("reason", "移交到哪里，交给谁", "text", min=2, max=60),
)
PRICE = (
    Question("name", "收费项目", "text", max=60),
    Question(
        "basic",
        "是哪一项基本服务",
        "choice",
        options=tuple(Basic.choices),
        required=False,
        hint="不是基本服务的不选。",
    ),
    Question("fen", "单价", "money", min=1),
    Question("unit", "计价单位", "choice", options=same("次", "日", "具", "年", "件")),
    Question("document", "定价文件", "text", max=100),
    Question("since", "执行日期", "date"),
)
REST = (
    *DECEASED,
    Question(
        "presale",
        "购置依据",
        "choice",
        options=tuple(one for one in Presale.choices if one[0]),
        required=False,
        hint="已经去世、凭火化证明办理的不选。",
    ),
    Question(
        "proof_no",
        "证明编号",
        "text",
        required=False,
        max=60,
        hint="本县开的火化证明自动查到；外地的、提前购置的填写。",
    ),
    Question("family_name", "经办家属", "name"),
    Question("since", "起用日期", "date", tense="past"),
    Question("years", "使用年限", "number", unit="年", min=1, max=20),
    Question("price_fen", "费用", "money", required=False),
)
