"""D3: asked for with a diagnosis, assessed and planned by the township, confirmed by the county, then it runs."""

from minzheng.business.disability.rehab.models import Level
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import Material, Move, NoticeKind, Office, ServiceItem, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    HELPER,
    REVIEWER,
    WITHDRAW,
    applying,
    grant,
    notices,
    propose_refuse,
    refuse,
    running,
    same,
    send_back,
    telling,
    total,
)

BY = "民发〔2017〕167号；精神卫生法 第五十四条"
DIAGNOSED = "经医院确诊为精神障碍吗？"
FORM = Form(
    (
        Section(
            "contact",
            "本人和家属",
            (
                Question("address", "现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
                Question("phone", "联系电话", "phone", hint="可以留家属的电话。"),
            ),
        ),
        Section(
            "illness",
            "诊断和意愿",
            (
                Question("mind_diagnosed", DIAGNOSED, "yes_no"),
                Question("hospital", "确诊的医院", "text", max=60),
                Question(
                    "wishes",
                    "希望得到哪些帮助？",
                    "choices",
                    options=same("服药训练", "生活技能", "社交能力", "职业康复", "心理疏导", "家属支持"),
                ),
            ),
        ),
        Section(
            "promise",
            "声明",
            (Question("promise", "本人（监护人）自愿参加社区康复，同意服务机构知道必要的病情。", "agree"),),
        ),
    )
)
PLANNED = (
    Question("mind_diagnosed", "核对诊断证明：已确诊精神障碍", "yes_no"),
    Question("level", "评估的康复等级", "choice", options=tuple(Level.choices)),
    Question("uscc", "服务机构的统一社会信用代码", "text", min=18, max=24),
    Question(
        "rehab_plan",
        "康复计划",
        "long_text",
        min=4,
        max=1000,
        hint="目标、内容、每月几次、谁来做、紧急时找谁。",
    ),
    Question("heard", "已听取本人和家属的意见", "agree"),
)
STEPS = (
    *applying("assess", also=("assessed",)),
    Step(
        key="assess",
        title="评估和制定计划",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER),
        moves=(
            Move(
                key="plan",
                title="登记评估和计划，报审核确认",
                to="confirm",
                record=PLANNED,
                guards=("eligible",),
                marks=("surveyed", "assessed", "proposed", "received"),
            ),
            propose_refuse(()),
            WITHDRAW,
        ),
        waits="工作人员将联系您评估，并和您、家属一起制定康复计划。",
    ),
    Step(
        key="confirm",
        title="县级审核确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            grant(("accept", "plan"), notice="rehab", needs_once=("plan",)),
            refuse(("accept", "propose_refuse")),
            send_back("assess", "退回重新评估", ("returned", "assessed")),
        ),
        waits="正在审核确认。",
    ),
    telling(HELPER),
    running(
        "社区康复服务中",
        stop="退出社区康复",
        close="康复结束，办结",
        waits="已经列入社区康复：每月有人服务，每季复评一次。",
    ),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="ended", title="已结束", status=Status.ENDED),
)
D3 = ServiceItem(
    code="D3",
    covers=("S-136",),
    title="精神障碍社区康复",
    icon="mood-smile",
    summary="确诊的精神障碍患者在社区接受服药训练、生活技能、职业康复等服务：先评估、定计划，每月服务，每季复评。",
    known_as="精神病 康复",
    cite=BY,
    form=FORM,
    materials=(Material(key="diagnosis", title="医院的诊断证明", why="医院的诊断没有联网，系统查不到"),),
    members="",
    eligibility=("community_rehab",),
    reasons=("reason_mind_not_diagnosed", "reason_rehab_dead"),
    steps=STEPS,
    clocks=(total("rehab_total_days", BY),),
    notices=(
        *(k for k in notices("民精康", BY) if k.key in {"accepted", "correction", "not_accepted", "refused"}),
        NoticeKind(
            key="rehab",
            title="社区康复服务确认书",
            mark="民精康确",
            cite=BY,
            shows=("applicant", "item", "number", "date", "place"),
        ),
    ),
)
