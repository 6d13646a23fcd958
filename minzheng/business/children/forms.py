"""What is asked for a child: who the parents are, how they are, and where the money goes. The rest is compared by data."""

from __future__ import annotations

from minzheng.business.children.states import CONFINED, ParentState, Side
from minzheng.foundation.forms import Form, Question, Section, when

GRADES = tuple((value, value) for value in ("一级", "二级", "三级", "四级"))
KINDS = tuple((value, value) for value in ("视力", "听力", "言语", "肢体", "智力", "精神", "多重"))
CONFINED_STATES = tuple(state.value for state in CONFINED)


def about(side: Side, *, required: bool = True) -> tuple[Question, ...]:
    """How one parent is; the keys are those of the facts. An officer who verifies leaves empty what stays as it is."""
    key, who = f"{side.value}_", side.label
    in_state = key + "state"
    return (
        Question(in_state, f"{who}现在怎样？", "choice", options=tuple(ParentState.choices), required=required),
        Question(
            key + "since", "从哪天开始的？", "date", tense="past", required=False,
            hint="失联的，写最后一次有消息的日期；不知道可以空着，由工作人员核实。",
            show_if=when(in_state, *(state.value for state in ParentState if state is not ParentState.WELL)),
        ),
        Question(
            key + "term_months", "判决书或决定书写明的期限", "number", min=0, max=1200, unit="个月", required=False,
            show_if=when(in_state, *CONFINED_STATES),
        ),
        Question(
            key + "disability_type", "残疾类别", "choice", options=KINDS, required=False,
            show_if=when(in_state, ParentState.DISABLED.value),
        ),
        Question(
            key + "disability_grade", "残疾等级", "choice", options=GRADES, required=False,
            show_if=when(in_state, ParentState.DISABLED.value),
        ),
        Question(
            key + "illness_listed", "所患疾病在当地的重病目录吗？", "yes_no", required=False,
            show_if=when(in_state, ParentState.ILL.value),
        ),
        Question(
            key + "search_since", "公安什么时候受理查找的？", "date", tense="past", required=False,
            hint="看公安机关查找情况回执。", show_if=when(in_state, ParentState.LOST.value),
        ),
        Question(
            key + "caring", "还在寄钱或者照管孩子吗？", "yes_no", required=False,
            show_if=when(in_state, ParentState.EXPELLED.value),
        ),
    )  # fmt: skip


def who_is(side: Side) -> tuple[Question, ...]:
    return (
        Question(f"{side.value}_name", f"{side.label}姓名", "name", required=False, hint="不知道的可以空着。"),
        Question(
            f"{side.value}_id_no", f"{side.label}身份证号", "id_no", required=False,
            hint="有身份证号的，由系统与公安、司法、残联核对，不用再交证明。",
        ),
    )  # fmt: skip


def parent_section(side: Side) -> Section:
    return Section(side.value, f"{side.label}的情况", (*who_is(side), *about(side)))


CONTACT = Section(
    "contact",
    "联系和领款",
    (
        Question("guardian_name", "现在由谁照顾孩子？", "name"),
        Question("guardian_relation", "与孩子的关系", "text", hint="如祖父、姑姑、儿童福利院。"),
        Question("phone", "联系电话", "phone"),
        Question("address", "孩子现在住在哪里？", "text", hint="写到村民小组或门牌号。"),
        Question("bank_name", "开户银行", "text", page="钱发到哪里？"),
        Question("bank_account", "孩子本人的银行卡号", "bank_account", page="钱发到哪里？"),
    ),
)
PROMISE = Section(
    "promise",
    "声明",
    (
        Question("consent", "我同意民政部门与公安、司法、残联、医保等部门核对孩子和父母的信息。", "agree"),
        Question("promise", "我承诺以上内容真实；父母情况有变化会及时告知。", "agree"),
    ),
)
FOUND = (
    Question("in_institution", "由儿童福利机构养育吗？", "yes_no"),
    Question("parents_not_found", "是查找不到生父母的孩子吗？", "yes_no"),
)
VERIFIED_PARENTS = tuple(
    question
    for side in Side
    for question in (
        *about(side, required=False),
        Question(
            f"{side.value}_loss_proved", f"{side.label}失联已经走访、公告、评议认定", "yes_no", required=False,
            show_if=when(f"{side.value}_state", ParentState.LOST.value),
        ),
    )
)  # fmt: skip
VERIFIED_ORPHAN = (
    Question("in_institution", "由儿童福利机构养育", "yes_no", required=False),
    Question("parents_not_found", "查找不到生父母", "yes_no", required=False),
    *VERIFIED_PARENTS,
)

ORPHAN_FORM = Form(
    (
        Section("child", "孩子的情况", FOUND),
        parent_section(Side.FATHER),
        parent_section(Side.MOTHER),
        CONTACT,
        PROMISE,
    )
)
UNATTENDED_FORM = Form((parent_section(Side.FATHER), parent_section(Side.MOTHER), CONTACT, PROMISE))
