"""After recognition: the self-care grade is looked at again (A5), the place changes, support is reviewed and ended.

Ending goes through seven days of publicity and stops the month after the decision; death and prison stop by themselves
(DC7; benefits.py). 民发〔2021〕43号（终止救助供养）.
"""

from dataclasses import replace
from typing import Any

from minzheng.business.assistance.dibao.decide import HEARING_RECORD
from minzheng.business.assistance.dibao.decide import PUBLICITY as POSTING
from minzheng.business.assistance.tekun.apply import COSIGN, DATA_CHECK, VISIT, VISIT_RECORD
from minzheng.business.assistance.tekun.form import DAILY, PLACE
from minzheng.foundation.forms import Question
from minzheng.foundation.items import APPLICANT, SYSTEM, Move, Office, Status, Step
from minzheng.foundation.items.usual import APPROVER, CLERK, COUNTY, HELPER, OPINION, REASON, REVIEWER, same
from minzheng.foundation.items.usual.personal_kept import ACTIVE as USUAL

RECHECKED = ("verify", "cosign", "assess", "propose_change", "propose_end", "give_up")
STORY = Question("story", "发生了什么变化？", "long_text", min=2)
KIND = Question(
    "kind",
    "复核原因",
    "choice",
    options=(("regular", "定期复核"), ("signal", "数据比对预警"), ("change", "情况变化")),
)

ACTIVE = replace(
    USUAL,
    title="救助供养",
    moves=(
        Move(
            key="report_ability",
            title="报告自理能力变化",
            to="reassess",
            roles=(APPLICANT, HELPER, CLERK),
            record=(
                Question("reporter", "谁报告的？", "choice", options=same("本人", "照料人", "供养服务机构", "村（社区）", "其他")),
                STORY,
            ),
            marks=("review_started", "ability_reported"),
            hint="县级10个工作日内复核；等级变了，从复核的次月起按新标准发。",
        ),
        Move(
            key="change_place",
            title="变更供养方式",
            roles=(CLERK,),
            record=(
                replace(PLACE, label="改为哪种供养方式？", hint="尊重本人意愿。"),
                Question("from_date", "从哪一天起？", "date", tense="past"),
                REASON,
            ),
            marks=("place_changed",),
        ),
        Move(
            key="start_review",
            title="启动复核",
            to="recheck",
            roles=(CLERK, SYSTEM),
            record=(KIND, replace(STORY, required=False)),
            marks=("review_started", "assessed"),
        ),
        *(replace(move, to="recheck") if move.key == "change" else
          replace(move, to="end_publicity", marks=("review_started",)) if move.key == "give_up" else move
          for move in USUAL.moves),
    ),
    waits="已经确认，按月供养。生活自理有变化，请及时告诉村（社区）或乡镇（街道）。",
)  # fmt: skip
REASSESS = Step(
    key="reassess",
    title="自理能力复核",
    status=Status.ACTIVE,
    roles=(COUNTY,),
    office=Office.COUNTY,
    moves=(
        Move(
            key="assess",
            title="登记复核结果",
            to="confirm_change",
            record=(
                Question("assessed_on", "复核日期", "date", tense="past"),
                *DAILY,
                Question("finding", "复核情况", "long_text", min=2),
                Question("photo", "现场照片", "files", required=False, keep_capture=True),
            ),
            marks=("surveyed", "ability_assessed", "assessed", "received"),
            hint="六件事当面看着做；可以委托第三方，由县级登记。",
        ),
        Move(
            key="unfounded",
            title="没有变化，办结",
            to="active",
            record=(OPINION,),
            marks=("ability_assessed", "review_finished"),
        ),
    ),
    waits="县级民政部门10个工作日内上门复核自理能力，期间照常发放。",
)
RECHECK = Step(
    key="recheck",
    title="动态复核",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(
        DATA_CHECK,
        replace(
            VISIT,
            key="verify",
            title="登记入户复核",
            record=VISIT_RECORD,
            marks=("survey_started", "surveyed", "assessed"),
        ),
        replace(COSIGN, needs=("verify",), four_eyes_with=("verify",)),
        Move(
            key="keep",
            title="仍符合条件，继续供养",
            to="active",
            record=(OPINION,),
            guards=("eligible", "amount_same"),
            needs=("verify", "cosign"),
            marks=("review_finished",),
        ),
        Move(
            key="propose_change",
            title="拟调整供养金",
            to="confirm_change",
            record=(OPINION,),
            guards=("eligible",),
            needs=("verify", "cosign"),
            marks=("received",),
        ),
        Move(
            key="propose_end",
            title="不再符合条件，公示后终止",
            to="end_publicity",
            record=(OPINION,),
            guards=("ineligible",),
            needs=("verify", "cosign"),
        ),
    ),
    waits="正在复核，期间照常发放。",
)
END_PUBLICITY = replace(
    POSTING,
    key="end_publicity",
    title="终止前公示",
    status=Status.ACTIVE,
    moves=tuple(
        replace(move, notices=("end_publicity",)) if move.key == "post"
        else replace(move, to="end_objection") if move.key == "object"
        else replace(move, to="confirm_end", routes=(), title="公示无异议，报县级确认终止")
        for move in POSTING.moves
        if move.key != "withdraw"
    ),
    waits="拟终止救助供养，正在村（社区）公示7天，期间照常发放。",
)  # fmt: skip
END_OBJECTION = Step(
    key="end_objection",
    title="终止异议处理",
    status=Status.ACTIVE,
    roles=(CLERK, REVIEWER),
    moves=(
        Move(
            key="dismiss",
            title="异议不成立，继续公示",
            to="end_publicity",
            record=HEARING_RECORD,
            marks=("objection_dismissed",),
        ),
        Move(
            key="uphold",
            title="异议成立，重新复核",
            to="recheck",
            record=HEARING_RECORD,
            marks=("objection_upheld", "returned"),
        ),
    ),
    waits="有人对终止提出异议，正在核实，期间照常发放。",
)
CAREFUL: dict[str, Any] = {"record": (OPINION,), "careful": True}
CONFIRM_CHANGE = Step(
    key="confirm_change",
    title="县级确认调整",
    status=Status.ACTIVE,
    roles=(APPROVER,),
    office=Office.COUNTY,
    moves=(
        Move(
            key="confirm_change",
            title="确认调整供养金",
            to="active",
            guards=("eligible", "amount_differs"),
            four_eyes_with=RECHECKED,
            marks=("changed", "review_finished"),
            notices=("changed",),
            **CAREFUL,
        ),
        Move(
            key="confirm_same",
            title="等级不变，办结",
            to="active",
            guards=("eligible", "amount_same"),
            marks=("review_finished",),
            **CAREFUL,
        ),
        Move(key="back_to_recheck", title="退回复核", to="recheck", record=(REASON,), marks=("returned",)),
    ),
    waits="复核结果正在县级确认。",
)
CONFIRM_END = Step(
    key="confirm_end",
    title="县级确认终止",
    status=Status.ACTIVE,
    roles=(APPROVER,),
    office=Office.COUNTY,
    moves=(
        Move(
            key="confirm_end",
            title="终止救助供养",
            to="ended",
            guards=("ineligible", "stops_allowed"),
            four_eyes_with=RECHECKED,
            marks=("ended", "review_finished"),
            notices=("stopped",),
            **CAREFUL,
        ),
        Move(
            key="confirm_give_up",
            title="确认自愿退出",
            to="ended",
            needs_once=("give_up",),
            four_eyes_with=RECHECKED,
            marks=("ended", "review_finished"),
            notices=("stopped",),
            **CAREFUL,
        ),
        Move(
            key="keep",
            title="应急期间暂不退出",
            to="active",
            guards=("stops_forbidden",),
            four_eyes_with=RECHECKED,
            marks=("review_finished", "exit_held"),
            **CAREFUL,
        ),
        Move(key="back_to_recheck", title="退回复核", to="recheck", record=(REASON,), marks=("returned",)),
    ),
    waits="终止救助供养正在县级确认，确认的当月仍然发放。",
)
KEEP_STEPS = (ACTIVE, REASSESS, RECHECK, END_PUBLICITY, END_OBJECTION, CONFIRM_CHANGE, CONFIRM_END)
