"""What is asked when a home is filed, when somebody moves in, when a check was made."""

from __future__ import annotations

from minzheng.business.elderly.institutions.models import (
    Accident,
    BedKind,
    CheckKind,
    Ownership,
    Prepaid,
    Staff,
)
from minzheng.business.elderly.institutions.models.homes import FireState
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import HANDLER

FILING = Form(
    (
        HANDLER,
        Section(
            "home",
            "机构",
            (
                Question("ownership", "机构性质", "choice", options=tuple(Ownership.choices)),
                Question("is_profit", "是营利性养老机构吗？", "yes_no"),
                Question(
                    "first_admission_on",
                    "首次收住老年人的日期",
                    "date",
                    tense="past",
                    hint="自这一天起10个工作日内备案。",
                ),
                Question("plain", "普通床位", "number", min=0, max=5000, unit="张"),
                Question("nursing", "护理型床位", "number", min=0, max=5000, unit="张"),
                Question("dementia", "认知障碍照护床位", "number", min=0, max=5000, unit="张"),
                Question("staff", "工作人员", "number", min=0, max=5000, unit="人"),
            ),
        ),
        Section(
            "safety",
            "安全",
            (
                Question("fire", "消防", "choice", options=tuple(FireState.choices)),
                Question("has_kitchen", "自办食堂吗？", "yes_no"),
                Question("food_permit_no", "食品经营许可证号", max=40, show_if=when("has_kitchen", True)),
                Question(
                    "food_permit_until",
                    "食品经营许可有效期至",
                    "date",
                    tense="future",
                    show_if=when("has_kitchen", True),
                ),
                Question("promise", "以上内容真实，符合安全要求，如有不实愿承担责任。", "agree"),
            ),
        ),
    )
)
ADMISSION = (
    Question("id_no", "老人的身份证号", "id_no", hint="按号码找到人员档案，姓名由系统核对。"),
    Question("name", "老人的姓名", "name"),
    Question("admitted_on", "入住日期", "date", tense="past"),
    Question("assessed_on", "入院评估日期", "date", tense="past"),
    Question("contract_no", "服务合同编号", max=40),
    Question("contract_until", "合同到期日", "date", tense="future"),
    Question("emergency_name", "紧急联系人", "name"),
    Question("emergency_phone", "紧急联系电话", "phone"),
    Question("is_tekun", "由特困供养经费支付吗？", "yes_no"),
)
LEAVING = (
    Question("left_on", "离院日期", "date", tense="past"),
    Question(
        "leaving",
        "离院原因",
        "choice",
        options=tuple((one, one) for one in ("回家", "转其他机构", "住院", "去世", "其他")),
    ),
)
CHECKING = (
    Question("kind", "做了哪一种", "choice", options=tuple(CheckKind.choices)),
    Question("done_on", "日期", "date", tense="past"),
    Question("done_by", "谁做的", "name"),
    Question("hazards", "发现的隐患", "long_text", required=False, max=500, hint="没有就留空。"),
)
ACCIDENT = (
    Question("kind", "种类", "choice", options=tuple(Accident.Kind.choices)),
    Question("happened_on", "发生日期", "date", tense="past"),
    Question("is_major", "造成死亡或重伤吗？", "yes_no"),
    Question("story", "经过和处置", "long_text", max=500, hint="不写老人的姓名和身份证号。"),
)
PREPAID = (
    Question("kind", "种类", "choice", options=tuple(Prepaid.Kind.choices)),
    Question("fen", "金额", "money", min=1),
    Question("months", "预收几个月", "number", min=1, max=600, show_if=when("kind", "fee")),
    Question("paid_on", "收款日期", "date", tense="past"),
)
BEDS = (
    Question("prefix", "楼层和房间", max=12, hint="如 3-201，床号依次为 3-201-1、3-201-2。"),
    Question("count", "几张", "number", min=1, max=200, unit="张"),
    Question("kind", "类型", "choice", options=tuple(BedKind.choices)),
    Question("opened_on", "启用日期", "date", tense="past"),
    Question("is_tekun", "特困供养床位吗？", "yes_no"),
    Question("project", "建设项目", required=False, max=60),
)
STAFF = (
    Question("name", "姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("role", "岗位", "choice", options=tuple(Staff.Role.choices)),
    Question("certificate_no", "职业资格证书号", required=False, max=40),
    Question("since", "到岗日期", "date", tense="past"),
)
