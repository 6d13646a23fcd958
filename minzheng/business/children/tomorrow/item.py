"""C6, put together."""

from minzheng.business.children.tomorrow.keeping import recall
from minzheng.business.children.tomorrow.steps import BY, STEPS
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import Clock, Material, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import notices, same

FORM = Form(
    (
        Section(
            "illness",
            "要治什么",
            (
                Question("illness", "孩子有什么病、想做什么治疗或康复？", "long_text", min=2, max=500),
                Question(
                    "help_kinds",
                    "需要哪些帮助？",
                    "choices",
                    options=same("手术和住院治疗", "康复训练", "特殊药品", "辅助器具", "健康体检"),
                ),
                Question(
                    "hospital_wish",
                    "希望去哪家定点医院？",
                    "text",
                    required=False,
                    max=60,
                    hint="“身边的服务”里可以看到定点医院；不清楚可以空着，由工作人员和您商量。",
                ),
            ),
        ),
        Section(
            "contact",
            "照护人",
            (
                Question("guardian_name", "现在由谁照顾孩子？", "name"),
                Question("guardian_relation", "与孩子的关系", "text", hint="如祖父、姑姑、儿童福利院。"),
                Question("phone", "联系电话", "phone"),
                Question("consent", "我同意民政部门与医院、医保部门核对孩子的病情和费用。", "agree"),
                Question("promise", "我承诺以上内容真实；有其他医疗救助、慈善资助会如实告知。", "agree"),
            ),
        ),
    )
)
C6 = ServiceItem(
    code="C6",
    covers=("S-116",),
    title="孤儿医疗康复“明天计划”",
    icon="stethoscope",
    summary="孤儿看病、手术、康复：选定点医院，医保和各种救助以后剩下的费用由福彩公益金付给医院，家里不用垫钱。",
    known_as="明天计划 孤儿看病 孤儿手术 康复",
    cite=BY,
    form=FORM,
    materials=(
        Material(key="diagnosis", title="医院的诊断证明或检查报告", why="医院的诊断没有联网，系统查不到"),
    ),
    members="",
    eligibility=("tomorrow_plan",),
    reasons=("reason_tomorrow_recognised", "reason_tomorrow_age", "reason_tomorrow_running"),
    recalls=recall,
    steps=STEPS,
    clocks=(
        Clock(
            key="total",
            title="确认资助",
            starts="accepted",
            stops=("granted", "refused", "withdrawn"),
            length="tomorrow_total_days",
            unit=Unit.WORKDAYS,
            cite=BY,
        ),
    ),
    notices=(
        *(k for k in notices("民明天", BY) if k.key in {"accepted", "correction", "not_accepted", "refused"}),
        NoticeKind(
            key="funded",
            title="“明天计划”资助确认书",
            mark="民明天确",
            cite=BY,
            shows=("applicant", "item", "number", "date", "place"),
        ),
    ),
)
