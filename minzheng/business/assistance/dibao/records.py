"""What officers record: the data check, the visit, the county's own visit. Fact-named answers feed the rules."""

from dataclasses import replace

from minzheng.business.assistance.dibao.form import ASSETS, CARS, HOUSES, INCOMES, MEMBERS, same
from minzheng.datacenter.verification.words import CONCLUSIONS
from minzheng.foundation.forms import Group, Question

ROW = (Question("name", "姓名", "name", required=False), Question("id_no", "身份证号", "id_no"))
SEEN = {"lives_with_family", "legally_supported", "independent", "labour_ability", "employed"}


def optional(question: Question) -> Question:
    """The same question in an officer's record: what stays empty states nothing."""
    return replace(question, required=False, show_if=None, page="")


CHECK_RECORD = (
    Question("report_no", "核对报告编号", "text"),
    Question(
        "valid_until",
        "有效期至",
        "date",
        required=False,
        tense="future",
        hint="报告没有写明的，按本地规定的天数计算。",
    ),
    Group(
        "members",
        "各成员收入核对结果",
        (
            *ROW,
            *(Question(key, label, "money_flow", required=False, min=0) for key, label, _ in INCOMES),
            Question("resident_pension_central", "其中中央基础养老金", "money_flow", required=False, min=0),
            Question(
                "custody_status",
                "服刑、戒毒、失踪",
                "choice",
                required=False,
                options=same("无", "服刑", "强制隔离戒毒", "宣告失踪"),
            ),
        ),
        row="成员",
        row_title="name",
        hint="填核对系统查到的金额；没有查的留空。",
    ),
    *(Question(key, label, "money", required=False, min=0) for key, label, _ in ASSETS),
    optional(HOUSES),
    optional(CARS),
    Question("conclusion", "核对结论", "choice", options=same(*CONCLUSIONS)),
    Question("remark", "说明", "long_text", required=False),
)

VISIT_RECORD = (
    Question("place", "入户地点", "text"),
    Question(
        "way", "调查方式", "choice", options=same("入户调查", "邻里访问", "信函索证", "视频调查（应急）")
    ),
    Group(
        "members",
        "家庭成员核实",
        (*ROW, *(optional(question) for question in MEMBERS.questions if question.key in SEEN)),
        row="成员",
        row_title="name",
    ),
    optional(HOUSES),
    optional(CARS),
    Question("finding", "调查情况", "long_text", hint="住房、生活、收入来源、支出，与申报是否一致。"),
    Question("photo", "现场照片", "files", keep_capture=True, hint="至少一张；含入户人员与申请人。"),
    Question("family_signature", "申请人签字（照片或扫描件）", "files"),
    Question(
        "dibao_class",
        "低保类别",
        "choice",
        required=False,
        options=same("A类", "B类", "C类"),
        hint="实行分类分档的地方填写。",
    ),
)

COSIGN_RECORD = (
    Question("agrees", "我参加了这次调查，记录属实", "agree"),
    Question("remark", "补充说明", "long_text", required=False),
)
