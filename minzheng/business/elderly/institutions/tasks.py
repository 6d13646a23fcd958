"""What officers are sent to look at: a home that makes no patrols, that took too much in advance; and what a home owes."""

from minzheng.business.elderly.institutions.due import due_checks, open_homes
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.waiting import Waiting
from minzheng.foundation.tasks.words import Outcome, TaskKind

OUTCOMES = (
    Outcome("fine", "已补做，情况正常"),
    Outcome("rectify", "已责令限期改正"),
    Outcome("hand_over", "已移交有关部门"),
)
MISSING_CHECK = TaskKind(
    code="homes.missing_check",
    title="核查养老机构消防巡查",
    level=Level.TOWNSHIP,
    within="home_visit_days",
    help="到机构查看巡查记录和现场，核实是没有做还是没有记；有隐患的当场要求整改。",
    questions=(Question("found", "现场情况", "long_text", max=300),),
    outcomes=OUTCOMES,
    needs_photo=True,
)
PREPAID = TaskKind(
    code="homes.prepaid",
    title="核查养老机构预收费",
    level=Level.COUNTY,
    within="home_visit_days",
    help="核对收费票据、银行存管账户和会员合同；涉嫌非法集资的，及时移交处非部门和公安机关。",
    questions=(Question("found", "核查情况", "long_text", max=300),),
    outcomes=OUTCOMES,
)
REGRADE = TaskKind(
    code="homes.regrade",
    title="复核养老机构等级",
    covers=("S-088",),
    level=Level.COUNTY,
    within="home_visit_days",
    help="信用分已经低于申报等级的要求。对照等级标准现场看，该降低、取消的，在“等级评定”里办理。",
    questions=(Question("found", "复核情况", "long_text", max=300),),
    outcomes=(Outcome("keep", "整改到位，保留等级"), Outcome("lower", "已降低或取消等级")),
)


def _checks(access: Access) -> int:
    own = access.own(open_homes(access.today), "facility__organisation_id")
    return len(due_checks(own, access.today))


CHECKS = Waiting(
    code="homes.checks",
    title="今天要做的消防巡查、检查",
    permission="institution.work",
    page="desk:homes:own",
    count=_checks,
    unit="项",
)
