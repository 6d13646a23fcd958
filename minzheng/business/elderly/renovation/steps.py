"""Survey → design under the cap → works → acceptance by another person → done (民发〔2020〕86号)."""

from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    COUNTY,
    HELPER,
    OPINION,
    REASON,
    REVIEWER,
    WITHDRAW,
    applying,
    propose_refuse,
    refuse,
    same,
    send_back,
    telling,
)

BY = "民发〔2020〕86号 关于加快实施老年人居家适老化改造工程的指导意见"
WORKS = Group(
    "works",
    "改造项目",
    (
        Question(
            "place",
            "部位",
            "choice",
            options=same("地面", "门", "卧室", "如厕洗浴", "厨房", "物理环境", "辅具适配", "其他"),
        ),
        Question("what", "做什么", "text", max=60, hint="例如：马桶旁装扶手；淋浴间铺防滑垫。"),
        Question("cost", "费用", "money"),
    ),
    row="项目",
    row_title="what",
    min=1,
)
FINISHED = (
    Question("uscc", "施工单位的统一社会信用代码", "text", min=18, max=24),
    Question("finished_on", "完工日期", "date", tense="past"),
    Question("cost", "实际费用", "money"),
    Question("photos", "施工前后的照片", "files"),
)
STEPS = (
    *applying("survey", also=("assessed",)),
    Step(
        key="survey",
        title="入户评估和设计",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER),
        moves=(
            Move(
                key="design",
                title="提交改造方案",
                to="confirm",
                record=(WORKS, Question("survey_photos", "改造前的照片", "files", keep_capture=True)),
                guards=("eligible",),
                marks=("surveyed", "proposed", "received"),
                hint="合计不超过当地每户费用上限。",
            ),
            propose_refuse(()),
            WITHDRAW,
        ),
        waits="工作人员将上门，和您一起看哪里需要改。",
    ),
    Step(
        key="confirm",
        title="县级审核方案",
        status=Status.DECIDING,
        roles=(COUNTY, APPROVER),
        office=Office.COUNTY,
        moves=(
            Move(
                key="approve",
                title="同意施工",
                to="works",
                record=(OPINION,),
                guards=("eligible", "renovation_under_cap"),
                needs_once=("design",),
                four_eyes_with=("design",),
                marks=("checked",),
            ),
            refuse(("propose_refuse",)),
            send_back("survey", "退回修改方案", ("returned", "assessed")),
        ),
        waits="县级民政部门正在审核改造方案。",
    ),
    Step(
        key="works",
        title="施工",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER),
        moves=(
            Move(key="finish", title="登记完工", to="acceptance", record=FINISHED, marks=("surveyed",)),
            WITHDRAW,
        ),
        waits="方案已经同意，正在安排施工。",
    ),
    Step(
        key="acceptance",
        title="验收",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER, HELPER),
        moves=(
            Move(
                key="grant",
                title="验收合格",
                to="done",
                record=(
                    Question("satisfied", "老人或家属试用过，满意", "agree"),
                    Question("acceptance_photos", "验收照片", "files", keep_capture=True),
                    OPINION,
                ),
                guards=("renovation_under_cap",),
                four_eyes_with=("design", "finish", "approve"),
                marks=("granted", "told"),
                notices=("renovation",),
                careful=True,
            ),
            Move(
                key="redo",
                title="不合格，返工",
                to="works",
                record=(REASON,),
                four_eyes_with=("finish",),
                marks=("returned",),
            ),
        ),
        waits="已经完工，正在由另一位同志验收。",
    ),
    telling(HELPER),
    Step(key="done", title="改造完成", status=Status.DONE),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
)
