"""What the registrar records at the counter; the forms of the registry's pages."""

from __future__ import annotations

from dataclasses import replace

from minzheng.business.marriage.divorce import PARTS
from minzheng.business.marriage.forms import PRIOR
from minzheng.business.marriage.models import AlertKind, ArchiveSearch, CounselSession, Kind
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same

NONE, HAS, UNKNOWN = "none", "has", "unknown"
ELSEWHERE = ((NONE, "没有婚姻登记记录，或已离婚、丧偶"), (HAS, "现在有配偶"), (UNKNOWN, "没有查到结果"))
DOCUMENTS = same("居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "其他国际旅行证件")
SEXES = {"man": "1", "woman": "2"}
SIDES = (("man", "男方"), ("woman", "女方"))


def identity(side: str, who: str) -> tuple[Question, ...]:
    return (
        Question(f"{side}_name", f"{who}姓名", "name"),
        Question(f"{side}_document", f"{who}证件", "choice", options=DOCUMENTS),
        Question(f"{side}_number", f"{who}证件号码", "text", max=30),
        Question(
            f"{side}_born",
            f"{who}出生日期",
            "date",
            required=False,
            tense="past",
            hint="持居民身份证的不用填。",
        ),
        Question(f"{side}_nationality", f"{who}国籍或地区", "text", max=20),
    )


def _side(side: str, who: str) -> tuple[Question, ...]:
    return (
        *identity(side, who),
        Question(f"{side}_prior", f"{who}原婚姻状况", "choice", options=PRIOR),
        Question(f"{side}_elsewhere", f"全国婚姻登记信息系统查询{who}", "choice", options=ELSEWHERE),
        Question(f"{side}_willing", f"单独询问：{who}完全自愿", "yes_no"),
    )


WEDDING_SIDES = tuple((who, _side(side, who)) for side, who in SIDES)
WEDDING_BOTH = (
    Question("both_present", "双方都在场，人证一致", "yes_no"),
    Question("near_kin", "双方是直系血亲或三代以内旁系血亲", "yes_no", hint="按双方签字的声明并当面询问。"),
    Question(
        "lives_in_province",
        "至少一方持本省居住证",
        "yes_no",
        required=False,
        hint="2025年5月10日以前的试点才用。",
    ),
    Question(
        "photo", "双方合影", "file", required=False, hint="近期正面免冠半身合影，JPG 或 PNG；登记时必须有。"
    ),
    Question("declaration", "签字的《申请结婚登记声明书》", "file", required=False),
)
SECOND = Question("second", "在场的第二位登记员", "choice", required=False)

PRESENT = (
    Question("man_present", "男方到场，人证一致", "yes_no"),
    Question("woman_present", "女方到场，人证一致", "yes_no"),
    Question("man_willing", "单独询问：男方自愿离婚", "yes_no"),
    Question("woman_willing", "单独询问：女方自愿离婚", "yes_no"),
    Question("both_capable", "双方都是完全民事行为能力人", "yes_no"),
)
DIVORCE = (
    Question("number", "结婚证字号", "text", hint="在登记簿里的，按字号查；其他机关登记的，先补录。", max=40),
    Question("in_mainland", "结婚登记是在内地（或驻外使领馆）办理的", "yes_no"),
    *PRESENT,
    Question("will", "协议：双方自愿离婚", "long_text", max=500),
    Question("children", "协议：子女抚养", "long_text", max=2000, hint="没有子女的写“没有子女”。"),
    Question("property", "协议：财产处理", "long_text", max=2000),
    Question("debts", "协议：债务处理", "long_text", max=2000, hint="没有债务的写“没有债务”。"),
)
# Whom the registry sends to the court has often no agreement to write down.
NOT_DIVORCED = tuple(replace(one, required=False) if one.key in PARTS else one for one in DIVORCE)
WITHDRAWAL = (Question("side", "谁来撤回", "choice", options=SIDES),)
FIND = (
    Question("name", "姓名", "name"),
    Question("id_no", "身份证号", "id_no", required=False),
    Question("number", "证书字号", "text", required=False, max=40, hint="身份证号、字号填一项。"),
)
AGAIN = (
    Question("side", "给谁补领", "choice", options=SIDES),
    Question("reason", "原因", "choice", options=same("遗失", "损毁", "内容有误")),
)
SEARCH = (
    Question("asker", "谁来查", "choice", options=tuple(ArchiveSearch.Asker.choices)),
    Question("side", "是哪一方本人", "choice", options=SIDES, required=False, hint="当事人本人查询的填。"),
    Question("asker_name", "单位或律师姓名", "text", required=False, max=60, hint="机关、律师查询的填。"),
    Question("letter_no", "介绍信、公函或委托书编号", "text", required=False, max=60),
    Question("purpose", "用途", "text", max=100),
)
OLD_RECORD = (
    Question("kind", "类别", "choice", options=tuple(Kind.choices)),
    Question("number", "字号", "text", max=40, hint="照档案抄写，例如 结字第0123号。"),
    Question("registered_on", "登记日期", "date", tense="past"),
    Question("man_name", "男方姓名", "name"),
    Question("man_id_no", "男方身份证号", "id_no", required=False),
    Question("woman_name", "女方姓名", "name"),
    Question("woman_id_no", "女方身份证号", "id_no", required=False),
    Question("box_no", "档案盒号", "text", required=False, max=30),
    Question("declaration", "档案扫描件", "file", required=False),
)
UPLOAD = (Question("scan", "扫描件", "file"),)
COUNSEL = (
    Question("name", "来访人姓名", "name"),
    Question("id_no", "来访人身份证号", "id_no"),
    Question(
        "topic",
        "主题",
        "choice",
        options=same("婚前辅导", "婚姻调适", "冷静期辅导", "离婚后辅导", "亲子关系"),
    ),
    Question("consented", "已说明保密规定，来访人同意辅导", "agree"),
    Question("notes", "谈话记录", "long_text", required=False, max=4000, hint="密封保存，只有您本人能打开。"),
    Question("result", "结果", "choice", options=tuple(CounselSession.Result.choices)),
)
ALERT = (
    Question("name", "可能的受害人姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("kind", "情形", "choice", options=tuple(AlertKind.choices)),
    Question("story", "看到、听到的情况", "long_text", min=5, max=2000),
)
CREDIT = (
    Question("name", "当事人姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("fact", "失信事实", "long_text", min=5, max=200),
    Question("basis", "认定依据", "text", max=200, hint="判决书、公安机关证明的文号。"),
)
