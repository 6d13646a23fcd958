"""After the grant, on the same case: review, change, gradual exit, stop, death (A8; 社会救助法 第四十八条; 民发〔2022〕83号)."""

from dataclasses import replace
from typing import Any

from minzheng.business.assistance.dibao.form import same
from minzheng.business.assistance.dibao.roles import APPROVER, CLERK, HELPER, OPINION, REASON, REVIEWER
from minzheng.business.assistance.dibao.survey import ASK_CHECK, COSIGN, DATA_CHECK, VISIT
from minzheng.foundation.forms import Question
from minzheng.foundation.items import APPLICANT, SYSTEM, Move, Office, Status, Step

REVIEWED = ("visit", "cosign", "hear", "propose_raise", "propose_cut", "propose_end", "propose_after_death")
DEATH_RECORD = (
    Question("id_no", "死者身份证号", "id_no"),
    Question("died_on", "死亡日期", "date", tense="past"),
    Question(
        "source", "依据", "choice", options=same("死亡证明", "火化证明", "公安注销", "家属报告", "数据比对")
    ),
)
CHANGE_RECORD = (
    Question(
        "change",
        "发生了什么变化？",
        "choice",
        options=same(
            "收入变化", "财产变化", "成员增加", "成员减少", "就业", "就学", "疾病或残疾", "迁移", "其他"
        ),
    ),
    Question("happened_on", "从哪天起？", "date", tense="past"),
    Question("story", "具体情况", "long_text"),
)
START_REVIEW = Move(
    key="start_review",
    title="启动复核",
    to="review",
    roles=(CLERK, SYSTEM),
    record=(
        Question(
            "kind",
            "复核原因",
            "choice",
            options=(("regular", "定期复核"), ("signal", "数据比对预警"), ("standard", "标准调整")),
        ),
    ),
    marks=("review_started",),
)
DEATH = Move(
    key="death",
    title="登记家庭成员死亡",
    to="review",
    roles=(HELPER, CLERK, SYSTEM),
    record=DEATH_RECORD,
    marks=("review_started", "died", "assessed"),
    careful=True,
)
CHANGE = Move(
    key="change",
    title="报告家庭情况变化",
    to="review",
    roles=(APPLICANT, HELPER, CLERK, SYSTEM),
    record=CHANGE_RECORD,
    marks=("review_started",),
)
# Registered when a result is there already: it is worked out afresh, so that nobody decides on what is no longer so.
NEWS = Move(key="news", title="家庭情况又有变化", roles=(SYSTEM,), record=CHANGE_RECORD, marks=("assessed",))
NEWS_AGAIN = replace(NEWS, to="review", marks=("returned",))  # the family is visited and heard anew
GIVE_UP = Move(
    key="give_up",
    title="自愿放弃",
    to="change_county",
    routes=(("delegated", "change_township"),),
    roles=(APPLICANT, CLERK),
    record=(Question("reason", "放弃原因", "long_text"),),
    marks=("review_started",),
    careful=True,
)
ACTIVE = Step(
    key="active",
    title="享受待遇",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(START_REVIEW, CHANGE, DEATH, GIVE_UP),
    waits="已经确认，救助金从确认的次月起按月发放。家里情况有变化请及时告知。",
    is_task=False,
)
PROPOSE: dict[str, Any] = {"record": (OPINION,)}
TO_CHANGE: dict[str, Any] = {"to": "change_county", "routes": (("delegated", "change_township"),)}
REVIEW = Step(
    key="review",
    title="动态复核",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(
        ASK_CHECK,
        DATA_CHECK,
        VISIT,
        COSIGN,
        replace(DEATH, marks=("died", "assessed"), to="", roles=(HELPER, CLERK, SYSTEM)),
        NEWS,
        Move(key="evaluate", title="计算复核结果", needs=("visit", "cosign"), marks=("assessed",)),
        Move(
            key="unchanged",
            title="金额不变，办结复核",
            to="active",
            guards=("eligible", "amount_same"),
            needs=("evaluate",),
            marks=("review_finished",),
            **PROPOSE,
        ),
        Move(
            key="propose_raise",
            title="拟提高",
            guards=("eligible", "amount_higher"),
            needs=("evaluate",),
            **TO_CHANGE,
            **PROPOSE,
        ),
        Move(
            key="propose_cut",
            title="拟减发，先听取意见",
            to="hearing",
            guards=("eligible", "amount_lower", "stops_allowed"),
            needs=("evaluate",),
            **PROPOSE,
        ),
        Move(
            key="propose_end",
            title="不再符合条件，先听取意见",
            to="hearing",
            guards=("ineligible",),
            needs=("evaluate",),
            **PROPOSE,
        ),
        Move(
            key="propose_after_death",
            title="因死亡调整，报审核确认",
            guards=("after_death", "determined"),
            **TO_CHANGE,
            **PROPOSE,
        ),
    ),
    waits="正在复核家庭情况，期间照常发放。",
)
HEARING = Step(
    key="hearing",
    title="听取意见",
    status=Status.ACTIVE,
    roles=(CLERK, REVIEWER),
    moves=(
        Move(
            key="hear",
            title="登记听取意见",
            record=(
                Question("heard_on", "听取日期", "date", tense="past"),
                Question("way", "方式", "choice", options=same("当面", "电话", "书面")),
                Question("statement", "本人陈述和申辩", "long_text", hint="没有意见也要写明。"),
            ),
            marks=("heard",),
            **TO_CHANGE,
        ),
        Move(
            key="check_again", title="有新情况，重新核实", to="review", record=(REASON,), marks=("returned",)
        ),
        NEWS_AGAIN,
    ),
    waits="减发或停发之前，我们会先听您的意见。",
)


def change_confirmation(key: str, title: str, office: Office, role: str) -> Step:
    """Confirmation of a review's result; who reviewed it may not confirm it."""
    four_eyes = {"four_eyes_with": REVIEWED, "record": (OPINION,), "careful": True}
    return Step(
        key=key,
        title=title,
        status=Status.ACTIVE,
        roles=(role,),
        office=office,
        moves=(
            Move(
                key="confirm_change",
                title="确认调整金额",
                to="active",
                guards=("eligible", "cut_was_heard", "check_in_force"),
                marks=("changed", "review_finished"),
                notices=("changed",),
                **four_eyes,
            ),
            Move(
                key="confirm_exit",
                title="给予渐退期",
                to="exiting",
                guards=("ineligible", "somebody_left", "cut_was_heard", "stops_allowed"),
                marks=("exit_started", "review_finished"),
                notices=("stopped",),
                **four_eyes,
            ),
            Move(
                key="confirm_stop",
                title="停发",
                to="ended",
                guards=("ineligible", "cut_was_heard", "stops_allowed"),
                marks=("ended", "review_finished"),
                notices=("stopped",),
                **four_eyes,
            ),
            Move(
                key="confirm_give_up",
                title="确认自愿放弃",
                to="ended",
                needs_once=("give_up",),
                marks=("ended", "review_finished"),
                notices=("stopped",),
                **four_eyes,
            ),
            Move(
                key="keep",
                title="应急期间暂不退出",
                to="active",
                guards=("stops_forbidden",),
                marks=("review_finished", "exit_held"),
                **four_eyes,
            ),
            Move(key="back_to_review", title="退回复核", to="review", record=(REASON,), marks=("returned",)),
            NEWS_AGAIN,
        ),
        waits="复核结果正在审核确认。",
    )


EXITING = Step(
    key="exiting",
    title="渐退期",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(
        Move(
            key="finish_exit",
            title="渐退期满，终止",
            to="ended",
            roles=(SYSTEM, CLERK),
            guards=("exit_over",),
            marks=("ended",),
        ),
        replace(DEATH, to="review"),
    ),
    waits="家里条件好转，渐退期内仍按原金额发放。",
    is_task=False,
)
REVIEW_STEPS = (
    ACTIVE,
    REVIEW,
    HEARING,
    change_confirmation("change_county", "县级确认调整", Office.COUNTY, APPROVER),
    change_confirmation("change_township", "乡镇（街道）确认调整", Office.TOWNSHIP, REVIEWER),
    EXITING,
)
