"""What somebody must do for a disabled person by a day."""

from minzheng.business.disability.rehab.models import Level as RehabLevel
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

REHAB_CHECK = TaskKind(
    code="disability.rehab_check",
    title="社区康复每季复评",
    covers=("S-136",),
    level=Level.TOWNSHIP,
    within="rehab_check_days",
    reads="person.read",
    help="和服务机构、本人、家属一起看：服药、生活、社交有没有改善，计划要不要改。病情反复或有危险的，马上联系精神科医院。",
    questions=(
        Question("level", "现在的康复等级", "choice", options=tuple(RehabLevel.choices)),
        Question("change", "和上次比", "long_text", min=2, max=300),
    ),
    outcomes=(
        Outcome("on", "继续按计划康复"),
        Outcome("reached", "达到目标，结束康复"),
        Outcome("hospital", "病情反复，已转诊，计划保留"),
        NOT_REACHED,
    ),
)
CARE_VISIT = TaskKind(
    code="disability.care_visit",
    title="重度残疾人照护回访",
    covers=("S-138",),
    level=Level.VILLAGE,
    within="care_visit_days",
    help="看本人的身体、卫生、饮食，照护人是否吃得消；在机构的去机构看。",
    questions=(Question("story", "现在怎样", "long_text", min=2, max=300),),
    outcomes=(Outcome("well", "照护到位"), Outcome("rearrange", "需要重新安排"), NOT_REACHED),
)
AID_DUE = TaskKind(
    code="disability.aid_due",
    title="辅具到期未还",
    covers=("S-139",),
    level=Level.VILLAGE,
    within="aid_due_days",
    help="问本人还用不用：还用的办续租，不用的还到站点、退押金。",
    outcomes=(Outcome("told", "已告知，近日归还或续租"), NOT_REACHED),
)
