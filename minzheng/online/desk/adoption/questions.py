"""What the registrar and the evaluators record; what is not known yet is answered so, and stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minzheng.business.adoption.evaluating import version_of
from minzheng.business.adoption.kinds import ChildKind, Placer
from minzheng.business.adoption.models import Application, Asker, Evaluation
from minzheng.business.adoption.review import CHILDREN, sides
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import same

YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = ((YES, "是"), (NO, "否"), (UNKNOWN, "还没有查清"))
KNOWN = {YES: True, NO: False}
NAMES = {True: YES, False: NO}


def known(key: str, label: str, hint: str = "") -> Question:
    """Yes, no, or not found out yet."""
    return Question(key, label, "choice", options=ANSWERS, hint=hint)


def told(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as facts: what is not found out yet is left out."""
    return {
        key: KNOWN.get(value) if value in (YES, NO, UNKNOWN) else value
        for key, value in answers.items()
        if value is not None
    }


ADOPTERS = (
    Question("adopter_name", "收养人姓名", "name"),
    Question("adopter_id_no", "收养人身份证号", "id_no"),
    Question(
        "spouse_name", "配偶姓名", "name", required=False, hint="夫妻共同收养的填写；单身、收养继子女的不填。"
    ),
    Question("spouse_id_no", "配偶身份证号", "id_no", required=False),
    known("adopter_married", "收养人有配偶", "查婚姻登记簿和全国婚姻登记信息系统。"),
    Question(
        CHILDREN,
        "现有子女数",
        "number",
        required=False,
        min=0,
        max=30,
        unit="名",
        hint="包括已收养的。没有查清的先不填。",
    ),
)
CHILD = (
    Question("child_name", "孩子姓名", "name"),
    Question("child_id_no", "孩子身份证号", "id_no", required=False, hint="还没有落户的不填，填下面两项。"),
    Question("child_born", "出生日期", "date", required=False, tense="past"),
    Question("child_sex", "性别", "choice", required=False, options=(("1", "男"), ("2", "女"))),
    Question("kind", "孩子属于哪一类", "choice", options=tuple(ChildKind.choices)),
    known("child_disabled", "是残疾未成年人"),
    known("child_in_institution", "由儿童福利机构抚养"),
)
SOURCE = (
    Question("placer", "由谁送养", "choice", options=tuple(Placer.choices)),
    known(
        "registry_is_right",
        "本机关有权办理",
        "机构抚养的看机构所在地，捡拾的看发现地，生父母或监护人送养的看其户籍地。",
    ),
    Question("placer_is", "送养人姓名（机构名称）和证件", "long_text", max=500),
    Question(
        "found",
        "孩子的来历",
        "long_text",
        required=False,
        max=1000,
        hint="捡拾的时间、地点、捡拾人；孤儿的父母死亡证明；生父母的困难。",
    ),
    Question("police_no", "捡拾报案或其他证明编号", "text", required=False, max=100),
    Question("may_be_told", "送养人书面同意日后告知孩子", "yes_no"),
)
ACCEPT = (("收养人", ADOPTERS), ("孩子", CHILD), ("来历（受理后密封）", SOURCE))
ORIGIN = ("placer_is", "found", "police_no")
OF_ADOPTER = (
    ("adopter_willing", "本人自愿"),
    ("adopter_able", "有抚养、教育和保护能力"),
    ("adopter_barred_by_illness", "患有不应当收养的疾病"),
    ("adopter_harmful_record", "有不利的违法犯罪记录"),
)


def find_out(application: Application) -> tuple[Question, ...]:
    each = tuple(
        known(f"{side}.{key}", f"{who}：{label}")
        for who, side, _ in sides(application)
        for key, label in OF_ADOPTER
    )
    return (
        known("registry_is_right", "本机关有权办理"),
        known("placer_entitled", "送养人依法可以送养", "看监护、孤儿、特殊困难的证明；机构看入院登记。"),
        known(
            "placer_agrees",
            "送养人同意送养",
            "生父母双方；一方死亡、下落不明的凭证明单方。收养继子女的，问生父母是否同意。",
        ),
        known("child_consents", "孩子本人同意", "满八周岁的单独当面问；不满八周岁的选“还没有查清”。"),
        known("child_disabled", "孩子是残疾未成年人"),
        known("child_in_institution", "孩子由儿童福利机构抚养"),
        known("adopter_married", "收养人有配偶"),
        Question(CHILDREN, "收养人现有子女数", "number", required=False, min=0, max=30, unit="名"),
        *each,
    )


def found_out(application: Application) -> dict[str, Any]:
    """The form starts with what is known already."""
    keys = [question.key for question in find_out(application)]
    said = application.asked
    return {key: NAMES.get(said.get(key), UNKNOWN) for key in keys if key != CHILDREN} | {
        CHILDREN: said.get(CHILDREN)
    }


PUBLISH = (
    Question("medium", "刊登的报刊、媒体", "text", max=60),
    Question("issue_no", "期号或网址", "text", max=100),
    Question("began_on", "公告日期", "date", tense="past"),
)
CLAIM = (Question("story", "谁来认领，说了什么", "long_text", min=5, max=1000),)
SETTLE = (
    Question("upheld", "查明的结果", "choice", options=same("是生父母或监护人", "不是")),
    Question("proof", "亲子鉴定或公安证明的编号", "text", max=100),
)
REASON = (Question("reason", "原因", "text", min=2, max=200),)
BONDING = (Question("bonding_from", "从哪天开始融合", "date", tense="past"),)
VISIT = (
    Question("on", "走访日期", "date", tense="past"),
    Question("well", "相处", "choice", options=same("良好", "不好")),
    Question("finding", "看到的情况", "long_text", min=2, max=1000),
)
REPORT = (
    Question(
        "report",
        "评估报告",
        "long_text",
        min=10,
        max=4000,
        hint="两人以上的意见、融合情况和结论。报告加密保存。",
    ),
)


def scoring(evaluation: Evaluation) -> tuple[Question, ...]:
    """The sheet's items, and its conditions as one pledge each."""
    version = version_of(evaluation)
    points = tuple(
        Question(
            item.code,
            f"{item.title}（满分{item.most}）",
            "number",
            min=0,
            max=item.most,
            unit="分",
            page=part.title,
        )
        for part in version.parts
        for item in part.items
    )
    return (
        Question("pledged", "我和这个家庭没有亲属、利害关系", "agree"),
        Question("visited_on", "入户日期", "date", tense="past"),
        *points,
        Question(
            "clear",
            "；".join(version.conditions),
            "choice",
            options=same("都没有发现问题", "发现不适宜的情形"),
        ),
        Question("opinion", "评估意见", "long_text", min=2, max=1000),
    )


PARTY = (Question("name", "当事人姓名", "name"), Question("id_no", "当事人身份证号", "id_no"))
REISSUE = (*PARTY, Question("reason", "补领原因", "choice", options=same("遗失", "损毁", "内容有误")))
AGREEMENT = (
    Question(
        "agreement",
        "解除协议要点",
        "long_text",
        min=5,
        max=2000,
        hint="孩子由谁抚养，生活费、补偿和财产怎样处理。加密保存。",
    ),
)
DISSOLVE = (
    known("registry_is_right", "本机关有权办理", "看被收养人的常住户口所在地。"),
    known("dissolution_present", "各方都到场"),
    known("dissolution_parents_agree", "养父母同意解除"),
    known("dissolution_placer_agrees", "送养人同意解除", "孩子未成年的才需要；已成年的选“还没有查清”。"),
    known("dissolution_child_agrees", "孩子本人同意解除", "满八周岁的都要问。"),
    known("dissolution_settled", "生活、抚养和财产已协议一致"),
)
CANCEL = (
    Question("basis", "查实弄虚作假的文书编号", "text", max=200, hint="行政判决书、公安机关或本机关的决定。"),
)
UNSEAL = (
    Question("asker", "谁要查", "choice", options=tuple(Asker.choices)),
    Question(
        "name",
        "当事人姓名",
        "name",
        required=False,
        show_if=when("asker", Asker.ADOPTER.value, Asker.CHILD.value),
    ),
    Question(
        "id_no",
        "当事人身份证号",
        "id_no",
        required=False,
        show_if=when("asker", Asker.ADOPTER.value, Asker.CHILD.value),
    ),
    Question(
        "unit", "查询单位", "text", required=False, max=60, show_if=when("asker", Asker.AUTHORITY.value)
    ),
    Question(
        "letter_no", "公函编号", "text", required=False, max=60, show_if=when("asker", Asker.AUTHORITY.value)
    ),
    Question("purpose", "用途", "text", max=100),
    Question(
        "with_origin",
        "要看来历（生父母情况）",
        "yes_no",
        hint="当事人查来历，须送养人书面同意过告知；其他的凭法院等机关公函。",
    ),
)
NUMBER = (
    Question("number", "收养登记证字号", "text", max=40, hint="照证书填写，例如（2026）新晃收字00001。"),
)
