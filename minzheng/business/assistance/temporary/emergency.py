"""A6, step by step: pay first, on two signatures or one and a photo; the papers follow (国发〔2014〕47号; 民发〔2018〕23号)."""

from minzheng.business.assistance.dibao.roles import APPROVER, CLERK, COUNTY, HELPER, OPINION, REVIEWER
from minzheng.business.assistance.temporary.form import SEVERITIES
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Question
from minzheng.foundation.items import Clock, Move, Office, Status, Step
from minzheng.foundation.items.usual import CLOSINGS, REASON, WITHDRAW, applying, same, telling

BY = "国发〔2014〕47号；民发〔2018〕23号"
HANDLED = ("accept", "visit", "report", "propose_refuse")
SEEN = (
    Question("emergency_real", "急难情形属实，基本生活因此陷入困境吗？", "yes_no"),
    Question("jobless_months", "因失业申请的：已经连续几个月没有收入？", "number", min=0, max=600, required=False, unit="个月", hint="不是因失业的不用填。"),
    Question("unemployment_insured", "因失业申请的：能领失业保险金吗？", "yes_no", required=False, hint="查参保情况；不是因失业的不用填。"),
    Question("emergency_persons", "需要救助几个人？", "number", min=1, max=20, unit="人"),
    Question("emergency_months", "按几个月计算？", "number", min=1, max=12, unit="个月"),
    Question("emergency_severity", "困难程度", "choice", options=same(*SEVERITIES)),
    Question(
        "emergency_new_facts",
        "一年内因同一事由救助过的，这次有新的情况吗？",
        "yes_no",
        required=False,
        hint="没有救助过的不用填。",
    ),
    Question("finding", "现场情况", "long_text", max=500, hint="看到什么、问了谁；身份证件没有的，写明怎样确认本人。"),
    Question("photo", "现场照片", "files", required=False, keep_capture=True),
)  # fmt: skip
VISIT = Move(
    key="visit",
    title="登记现场情况并签字",
    roles=(CLERK, REVIEWER),
    record=SEEN,
    marks=("survey_started", "surveyed", "assessed"),
    hint="到现场或在窗口当面核实，登记即为签字。金额由系统按当地标准算出。",
)
PAY_TWO = Move(
    key="pay_two",
    title="第二人签字，当场发放现金",
    to="papers",
    roles=(REVIEWER, CLERK, HELPER),
    record=(Question("received", "现金已当面点清，交给本人", "agree"),),
    guards=("eligible", "reserve_suffices"),
    needs=("visit",),
    four_eyes_with=("visit",),
    marks=("granted", "paid_cash"),
    notices=("granted",),
    hint="从本乡镇备用金支付。须由登记现场情况以外的另一位工作人员签字。",
    careful=True,
)
PAY_PHOTO = Move(
    key="pay_photo",
    title="一人签字并拍照，当场发放现金",
    to="papers",
    roles=(CLERK, REVIEWER),
    record=(
        Question("photo", "发放现场照片", "files", keep_capture=True, hint="拍到受助人、见证人和现金。"),
        Question("witness", "见证人", "name", hint="在场的村（居）干部、邻居等。"),
        Question("received", "现金已当面点清，交给本人", "agree"),
    ),
    guards=("eligible", "reserve_suffices"),
    needs=("visit",),
    marks=("granted", "paid_cash"),
    notices=("granted",),
    hint="只有一位工作人员在场时用：照片和见证人代替第二个签字。",
    careful=True,
)
RELIEF = Step(
    key="relief",
    title="先行救助",
    status=Status.CHECKING,
    roles=(CLERK, REVIEWER),
    moves=(
        VISIT,
        PAY_TWO,
        PAY_PHOTO,
        Move(
            key="report",
            title="超过小额标准，报县级确认",
            to="confirm",
            record=(OPINION,),
            guards=("eligible", "above_small_amount"),
            needs=("visit",),
            marks=("proposed", "received"),
        ),
        Move(
            key="refer",
            title="已发放实物或转介，办结",
            to="done",
            record=(
                Question("given", "给了什么，转到哪里", "long_text", min=2, max=300),
                Question("photo", "照片", "files", required=False, keep_capture=True),
            ),
            needs=("visit",),
            marks=("referred",),
        ),
        Move(
            key="propose_refuse",
            title="不符合急难救助，不予救助",
            to="telling",
            roles=(REVIEWER,),
            record=(OPINION,),
            guards=("ineligible",),
            needs=("visit",),
            four_eyes_with=("visit",),
            marks=("refused",),
            notices=("refused",),
            careful=True,
        ),
        WITHDRAW,
    ),
    waits="情况紧急，乡镇（街道）会先核实、先救助，材料以后再补。",
)
CONFERENCE = Move(
    key="conference",
    title="登记一事一议结果",
    roles=(COUNTY, APPROVER),
    record=(
        Question("emergency_conference", "已召开县级会议研究", "agree"),
        Question("emergency_conference_amount", "会议确定的救助金额", "money", min=1),
        Question("minutes", "会议纪要文号", "text"),
    ),
    marks=("surveyed", "assessed"),
    hint="只在按标准计算的金额超过封顶额时才会采用会议确定的金额。",
)
CONFIRM = Step(
    key="confirm",
    title="县级审核确认",
    status=Status.DECIDING,
    roles=(APPROVER,),
    office=Office.COUNTY,
    moves=(
        CONFERENCE,
        Move(
            key="grant",
            title="予以救助，由银行发放",
            to="done",
            record=(OPINION,),
            guards=("eligible",),
            four_eyes_with=(*HANDLED, "conference"),
            marks=("granted", "paid_bank"),
            notices=("granted",),
            hint="列入最近一批临时救助发放名单。",
            careful=True,
        ),
        Move(
            key="send_back",
            title="退回乡镇（街道）核实",
            to="relief",
            record=(REASON,),
            marks=("returned",),
            careful=True,
        ),
        WITHDRAW,
    ),
    waits="金额超过小额标准，县级民政部门正在审核确认。",
)
PAPERS = Step(
    key="papers",
    title="补齐材料",
    status=Status.COMPLETING,
    roles=(CLERK, REVIEWER),
    moves=(
        Move(
            key="complete",
            title="材料补齐，办结",
            to="done",
            record=(
                Question(
                    "identity",
                    "怎样确认本人身份",
                    "choice",
                    options=same("身份证", "户口簿", "公安机关查询", "救助管理机构甄别"),
                ),
                Question("papers", "补交的材料", "files", required=False, hint="申请表签字页、事故认定书、诊断证明等。"),
                Question("note", "说明", "long_text", required=False, max=300),
            ),
            marks=("papers_done",),
        ),
        Move(
            key="take_back",
            title="情况不实，救助款已退回",
            to="done",
            roles=(REVIEWER,),
            record=(
                Question("receipt", "收款凭证号", "text", max=60),
                Question("reason", "查实的情况", "long_text", min=2, max=200),
            ),
            four_eyes_with=("pay_two", "pay_photo"),
            marks=("paid_back", "papers_done"),
            careful=True,
        ),
    ),
    waits="救助款已经发放，请在期限内补交材料。",
)  # fmt: skip
STEPS = (
    *applying("relief"),
    RELIEF,
    CONFIRM,
    PAPERS,
    telling(HELPER),
    Step(key="refused", title="不予救助", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="done", title="已救助", status=Status.HELPED),
)
CLOCKS = (
    Clock(
        key="pay",
        title="先行救助",
        starts="submitted",
        stops=("granted", "refused", "withdrawn", "not_accepted", "referred", "received"),
        length="emergency_pay_hours",
        unit=Unit.HOURS,
        cite=f"{BY}（先行救助）",
    ),
    Clock(
        key="papers",
        title="补齐材料",
        starts="paid_cash",
        stops=("papers_done",),
        length="emergency_after_days",
        unit=Unit.WORKDAYS,
        cite="民发〔2018〕23号（事后补充手续）",
    ),
)
