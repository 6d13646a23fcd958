"""What social assistance asks of people by a day."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

LATE_PAPERS = TaskKind(
    code="emergency.papers",
    title="急难救助补齐材料",
    level=Level.TOWNSHIP,
    within="emergency_late_days",
    help="先行救助以后，材料没有按期补齐。请联系本人或代为查询，在办件里登记“材料补齐，办结”，任务自动撤回；情况不实的，在办件里登记退款。",
    questions=(Question("note", "联系和查询情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("promised", "已约定补交日期"), Outcome("queried", "已由部门查询代替"), NOT_REACHED),
)
TEKUN_VISIT = TaskKind(
    code="tekun.visit",
    title="特困认定随机入户核查",
    level=Level.COUNTY,
    within="tekun_visit_days",
    help="这件特困认定被随机抽中。请县级两人入户，当面看自理能力、问生活来源和义务人，然后在办件里“登记县级入户核查”，任务自动撤回。",
    questions=(Question("note", "核查情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("agrees", "与调查一致"), Outcome("differs", "与调查不一致"), NOT_REACHED),
)
CARE_PROOF = TaskKind(
    code="tekun.care",
    title="分散供养照料情况核实",
    level=Level.VILLAGE,
    within="care_proof_days",
    help="到分散供养的特困人员家里，看照料人是否按协议照料：吃饭、衣被、卫生、用药、居住安全。照料不到位的，乡镇（街道）要约谈照料人或另选照料人。",
    questions=(
        Question("food", "吃饭有保障吗？", "yes_no"),
        Question("clean", "衣被、居室干净吗？", "yes_no"),
        Question("medicine", "有病能就医、按时用药吗？", "yes_no"),
        Question("note", "情况说明", "long_text", required=False, max=400),
    ),
    outcomes=(Outcome("good", "照料到位"), Outcome("poor", "照料不到位"), NOT_REACHED),
)
DIBAO_SPOT = TaskKind(
    code="dibao.spot",
    title="委托确认的低保抽查",
    level=Level.COUNTY,
    within="dibao_spot_days",
    help="乡镇（街道）受委托确认的低保，由县级按比例抽查：看办件、入户或电话核实，判断该不该给、金额对不对。有差错的，系统会请乡镇（街道）启动复核。",
    questions=(Question("note", "抽查情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("right", "没有差错"), Outcome("wrong", "有差错"), NOT_REACHED),
)
REFERRAL = TaskKind(
    code="assistance.referral",
    title="催办转介",
    covers=("S-064",),
    level=Level.TOWNSHIP,
    within="referral_urge_days",
    help="部门没有按期反馈。打电话问办到哪一步，在“转介”台账里登记受理或反馈，任务自动撤回。",
    questions=(Question("note", "部门怎么说", "long_text", min=2, max=300),),
    outcomes=(Outcome("promised", "部门答应近期反馈"), Outcome("elsewhere", "应转给别的部门"), NOT_REACHED),
)
