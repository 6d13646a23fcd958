"""Applying: from the form to acceptance, with one correction (民发〔2021〕57号; handbook 1.2)."""

from minzheng.business.assistance.dibao.roles import CLERK, REASON
from minzheng.foundation.forms import Question
from minzheng.foundation.items import APPLICANT, SYSTEM, Move, Status, Step

WITHDRAW = Move(
    key="withdraw",
    title="撤回申请",
    to="withdrawn",
    roles=(APPLICANT,),
    record=(Question("reason", "撤回原因", "text", required=False),),
    marks=("withdrawn",),
    careful=True,
)
DRAFT = Step(
    key="draft",
    title="填写申请",
    status=Status.DRAFT,
    roles=(APPLICANT,),
    moves=(
        Move(
            key="submit",
            title="提交申请",
            to="completeness",
            guards=("answers_sound", "nobody_applies_twice"),
            marks=("submitted",),
        ),
        WITHDRAW,
    ),
    waits="还没有提交。填好以后请点“提交申请”。",
)
COMPLETENESS = Step(
    key="completeness",
    title="材料审查",
    status=Status.SUBMITTED,
    roles=(CLERK,),
    moves=(
        Move(
            key="accept",
            title="受理",
            to="survey",
            record=(
                Question(
                    "related_staff",
                    "申请人或家庭成员与经办人员、村（居）委会成员是近亲属吗？",
                    "yes_no",
                    hint="是的，单独登记备案，由县级入户核查。",
                ),
                Question("special", "属于人户分离、异地申请或调查难度大的情形吗？", "yes_no", required=False),
            ),
            guards=("complete", "nobody_applies_twice"),
            marks=("accepted",),
            notices=("accepted",),
        ),
        Move(
            key="ask_correction",
            title="一次性告知补正",
            to="correction",
            record=(
                Question(
                    "also",
                    "还要补充的其他内容",
                    "long_text",
                    required=False,
                    hint="系统查到的缺项会自动列出。",
                ),
            ),
            guards=("correction_not_asked",),
            marks=("correction_asked",),
            notices=("correction",),
        ),
        Move(
            key="not_accept",
            title="不予受理",
            to="not_accepted",
            record=(REASON,),
            marks=("not_accepted",),
            notices=("not_accepted",),
            careful=True,
        ),
        WITHDRAW,
    ),
    waits="乡镇（街道）正在查看材料是否齐全。",
)
CORRECTION = Step(
    key="correction",
    title="待补正",
    status=Status.CORRECTING,
    roles=(APPLICANT,),
    moves=(
        Move(
            key="resubmit",
            title="提交补正",
            to="completeness",
            guards=("answers_sound", "nobody_applies_twice"),
            marks=("corrected",),
        ),
        Move(
            key="lapse",
            title="逾期未补正，办结",
            to="lapsed",
            roles=(SYSTEM, CLERK),
            guards=("correction_lapsed",),
            marks=("lapsed",),
        ),
        WITHDRAW,
    ),
    waits="请按一次性告知的清单补正，补好后点“提交补正”。",
)
