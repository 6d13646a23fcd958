"""The list of elders who are visited."""

from minzheng.business.elderly.homecare.register import SEARCH, WHO, people_of
from minzheng.business.elderly.visiting.models import Group, Risk, Visited
from minzheng.foundation.actions import action
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Column, Filter, Register, RowAction


@action("visiting.risk", "调整探访风险", permission="register.write", persons=lambda one: [one.person_id])
def change_risk(access: object, one: Visited, *, risk: str) -> Visited:
    """The next visit keeps its day; the one after it follows the new risk."""
    one.risk = risk
    one.save(update_fields=["risk"])
    return one


VISITED = Register(
    code="visiting",
    title="探访关爱对象",
    covers=("S-105",),
    model=Visited,
    icon="home-heart",
    unit="人",
    help="独居、空巢、失能的每夜自动列入；留守、计划生育特殊家庭由村（社区）登记。到期自动派走访任务，逾期逐级上报。",
    name=lambda one: f"{one.person.name}的探访关爱",
    persons=people_of,
    columns=(
        *WHO,
        Column("groups", "类别", read=str),
        Column("risk", "风险", "badge", tones={"high": "bad", "medium": "warn", "low": "info"}),
        Column("last_visit", "最近探访", "date"),
        Column("next_due", "下次不晚于", "date", sortable=True),
        Column("well", "情况良好", "yes_no"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter(
            "group",
            "类别",
            "choice",
            "groups__contains",
            options=tuple((f"{{{k}}}", v) for k, v in Group.choices),
        ),
        Filter("risk", "风险", "choice", options=tuple(Risk.choices)),
        Filter("due", "下次探访", "dates", "next_due"),
        Filter("seen", "最近探访", "dates", "last_visit"),
        Filter("listed", "在册", "yes_no", "until__isnull"),
    ),
    search=SEARCH,
    search_hint="姓名（从姓开始）或完整身份证号",
    actions=(
        RowAction(
            "risk",
            "调整风险",
            change_risk,
            "register.write",
            "风险决定多久看望一次。",
            questions=(Question("risk", "风险", "choice", options=tuple(Risk.choices)),),
        ),
    ),
)
