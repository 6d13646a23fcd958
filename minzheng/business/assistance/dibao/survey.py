"""Surveying: data check, visit by two, first opinion (民发〔2021〕57号)."""

from minzheng.business.assistance.dibao.records import CHECK_RECORD, COSIGN_RECORD, VISIT_RECORD
from minzheng.business.assistance.dibao.roles import CLERK, COUNTY, HELPER, OPINION, REASON, REVIEWER
from minzheng.foundation.items import Move, Status, Step
from minzheng.foundation.items.usual import WITHDRAW

ASK_CHECK = Move(
    key="ask_check",
    title="发起核对",
    roles=(COUNTY,),
    guards=("check_possible",),
    marks=("check_asked",),
    hint="向已接入的各部门同时查询全部已授权的成员。进度和报告在“核对”页；反馈到齐后结果自动填入“登记核对结果”。",
)
DATA_CHECK = Move(
    key="data_check",
    title="登记核对结果",
    roles=(COUNTY,),
    record=CHECK_RECORD,
    guards=("check_answered",),
    marks=("checked",),
    hint="有核对报告的，结果已经填好，请逐项看过再登记；没有接入的部门，核对后手工填写。核对报告到期前有效。",
)
VISIT = Move(
    key="visit",
    title="登记入户调查",
    roles=(CLERK, REVIEWER),
    record=VISIT_RECORD,
    marks=("survey_started", "surveyed"),
    hint="两人入户，拍照，双方签字；另一人用自己的账号签字。",
)
COSIGN = Move(
    key="cosign",
    title="第二调查人签字",
    roles=(HELPER, CLERK, REVIEWER),
    record=COSIGN_RECORD,
    needs=("visit",),
    four_eyes_with=("visit",),
)
COUNTY_VISIT = Move(
    key="county_visit",
    title="登记县级入户核查",
    roles=(COUNTY,),
    record=VISIT_RECORD,
    marks=("surveyed", "county_visited", "assessed"),
)
SEND_BACK = Move(
    key="send_back", title="退回重新调查", to="survey", record=(REASON,), marks=("returned",), careful=True
)

SURVEY = Step(
    key="survey",
    title="调查核实",
    status=Status.CHECKING,
    roles=(CLERK,),
    moves=(
        ASK_CHECK,
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
    waits="正在核对家庭经济状况，工作人员会上门调查。",
)
OPINION_STEP = Step(
    key="opinion",
    title="初审意见",
    status=Status.CHECKING,
    roles=(REVIEWER, CLERK),
    moves=(
        Move(
            key="propose_grant",
            title="拟给予，转公示",
            to="publicity",
            record=(OPINION,),
            guards=("eligible",),
            four_eyes_with=("accept",),
            marks=("proposed",),
        ),
        Move(
            key="propose_refuse",
            title="拟不予，报审核确认",
            to="confirm_county",
            routes=(("delegated", "confirm_township"),),
            record=(OPINION,),
            guards=("ineligible",),
            four_eyes_with=("accept",),
            marks=("proposed", "received"),
        ),
        SEND_BACK,
        WITHDRAW,
    ),
    waits="乡镇（街道）正在提出初审意见。",
)
