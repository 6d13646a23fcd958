"""What is asked: of who applies (little), and of the assessors (26 items, diagnoses, events of 30 days)."""

from minzheng.business.elderly.assessment.scale import scale
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import same

REASONS = same("首次评估", "常规评估", "即时评估", "复评")
FORM = Form(
    (
        Section(
            "contact",
            "评估谁，在哪里",
            (
                Question(
                    "address", "老人现在住在哪里？", "text", hint="评估员上门评估；住在机构的，写机构名称。"
                ),
                Question("phone", "联系电话", "phone", hint="可以留子女的电话。"),
                Question(
                    "assessment_reason",
                    "为什么申请评估？",
                    "choice",
                    options=REASONS,
                    hint="身体情况有明显变化的选“即时评估”；对结论有异议的选“复评”。",
                ),
                Question("agreed", "我同意评估员上门评估，评估结论用于养老服务和补贴。", "agree"),
            ),
        ),
    )
)
SCORES = tuple(
    Question(one.key, one.title, "number", min=0, max=one.most, unit="分", hint=one.hint)
    for one in scale().indicators
)
CHANGES = (
    Question("ability_coma", "处于昏迷状态吗？", "yes_no", hint="昏迷的，直接评定为完全失能。"),
    Question("ability_dementia", "确诊痴呆（F00—F03）吗？", "yes_no", hint="要有医疗机构的诊断。"),
    Question(
        "ability_disorder",
        "精神科专科医生诊断有其他精神和行为障碍（F04—F99）吗？",
        "yes_no",
        hint="要有专科医生的诊断。",
    ),
    Question(
        "ability_risk_events",
        "近30天发生过几次照护风险事件？",
        "number",
        min=0,
        max=99,
        unit="次",
        hint="跌倒、噎食、走失、自杀自伤等，合计次数。",
    ),
)
ROUND = (
    Question("place", "评估地点", "choice", options=same("家中", "养老机构", "医疗机构", "社区服务站")),
    Question(
        "informant",
        "情况由谁提供",
        "choice",
        options=same("本人", "配偶", "子女", "其他亲属", "照护人员", "村（社区）工作人员"),
    ),
    Question("remark", "需要说明的", "long_text", required=False),
)
SHEET = (*SCORES, *CHANGES, *ROUND)
