"""From acceptance to the decision of A4: survey, opinion, publicity, the county's confirmation with its random visit."""

from dataclasses import replace

from minzheng.business.assistance.dibao.decide import OBJECTION, PUBLICITY
from minzheng.business.assistance.dibao.form import CENTRAL_PENSION, INCOMES
from minzheng.business.assistance.dibao.records import COSIGN_RECORD, optional
from minzheng.business.assistance.dibao.survey import OPINION_STEP, SEND_BACK
from minzheng.business.assistance.tekun.form import DAILY, OBLIGORS, OWN, PLACE
from minzheng.foundation.forms import Question
from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    COUNTY,
    HELPER,
    REVIEWER,
    WITHDRAW,
    applying,
    grant,
    refuse,
    same,
)

HANDLED = ("accept", "visit", "cosign", "data_check", "county_visit", "propose_grant", "propose_refuse")
OBLIGORS_SEEN = replace(
    OBLIGORS,
    questions=tuple(
        one if one.key == "name" else optional(one) for one in OBLIGORS.questions if one.key != "relation"
    ),
    show_if=None,
    hint="每位义务人一行；核实以后仍不清楚的留空，结论就是“未定”，不当作没有能力。",
)
MEANS = (
    *(Question(key, label, "money_flow", required=False, min=0) for key, label, _ in INCOMES),
    optional(CENTRAL_PENSION),
    *(optional(one) for one in OWN),
)
CHECK_RECORD = (
    Question("report_no", "核对报告编号", "text"),
    Question("valid_until", "有效期至", "date", required=False, tense="future"),
    *MEANS,
    Question("conclusion", "核对结论", "choice", options=same("与申报一致", "与申报不一致")),
)
VISIT_RECORD = (
    Question("where", "入户地点", "text"),
    *DAILY,
    optional(PLACE),
    optional(Question("has_supporters", "有法定义务人吗？", "yes_no")),
    OBLIGORS_SEEN,
    Question("finding", "调查情况", "long_text", hint="生活来源、义务人、自理能力，与申报是否一致。"),
    Question("photo", "现场照片", "files", keep_capture=True, hint="至少一张；含入户人员与本人。"),
)
VISIT = Move(
    key="visit",
    title="登记入户调查和自理能力评估",
    roles=(CLERK, REVIEWER),
    record=VISIT_RECORD,
    marks=("survey_started", "surveyed"),
    hint="六件事当面看着做，不只问；两人入户，另一人用自己的账号签字。",
)
COSIGN = Move(
    key="cosign",
    title="第二调查人签字",
    roles=(HELPER, CLERK, REVIEWER),
    record=COSIGN_RECORD,
    needs=("visit",),
    four_eyes_with=("visit",),
)
DATA_CHECK = Move(
    key="data_check",
    title="登记核对结果",
    roles=(COUNTY,),
    record=CHECK_RECORD,
    marks=("checked",),
    hint="只核对本人；义务人的情况经其同意后核对，由乡镇（街道）在入户调查中登记。",
)
COUNTY_VISIT = Move(
    key="county_visit",
    title="登记县级入户核查",
    roles=(COUNTY,),
    record=VISIT_RECORD,
    marks=("surveyed", "county_visited", "assessed"),
    hint="被随机抽中的、近亲属备案的和有投诉举报的，须由县级入户。",
)
SURVEY = Step(
    key="survey",
    title="调查核实",
    status=Status.CHECKING,
    roles=(CLERK,),
    moves=(
        DATA_CHECK,
        VISIT,
        COSIGN,
        COUNTY_VISIT,
        Move(
            key="conclude",
            title="调查完毕，计算认定结果",
            to="opinion",
            needs=("visit", "cosign"),
            needs_once=("data_check",),
            marks=("assessed",),
        ),
        WITHDRAW,
    ),
    waits="正在核对收入和财产，工作人员会上门看望。",
)
CONFIRM = Step(
    key="confirm",
    title="县级审核确认",
    status=Status.DECIDING,
    roles=(APPROVER,),
    office=Office.COUNTY,
    moves=(
        grant(
            HANDLED, guards=("eligible", "county_visited", "no_open_objection", "check_in_force", "as_posted")
        ),
        refuse(HANDLED, guards=("ineligible", "county_visited", "check_in_force")),
        replace(DATA_CHECK, marks=("checked", "assessed")),
        COUNTY_VISIT,
        Move(
            key="complain",
            title="登记投诉举报",
            roles=(CLERK, COUNTY),
            record=(Question("content", "投诉举报内容", "long_text"),),
            marks=("complained",),
        ),
        SEND_BACK,
        WITHDRAW,
    ),
    waits="县级民政部门正在审核确认，可能会上门核查。",
)


def to_confirm(step: Step) -> Step:
    """A step of dibao whose result goes to the county: 43号 does not delegate the confirmation."""
    return replace(
        step,
        moves=tuple(
            replace(move, to="confirm", routes=()) if move.to == "confirm_county" else move
            for move in step.moves
        ),
    )


APPLY_STEPS = (
    *applying(
        "survey",
        record=(Question("related_staff", "本人与经办人员、村（居）委会成员是近亲属吗？", "yes_no"),),
    ),
    SURVEY,
    to_confirm(OPINION_STEP),
    to_confirm(PUBLICITY),
    OBJECTION,
    CONFIRM,
)
