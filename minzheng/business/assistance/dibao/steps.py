"""The whole way of A1, in order."""

from minzheng.business.assistance.dibao.apply import COMPLETENESS, CORRECTION, DRAFT
from minzheng.business.assistance.dibao.decide import OBJECTION, PUBLICITY, TELLING, confirmation
from minzheng.business.assistance.dibao.review import REVIEW_STEPS
from minzheng.business.assistance.dibao.roles import APPROVER, REVIEWER
from minzheng.business.assistance.dibao.survey import OPINION_STEP, SURVEY
from minzheng.foundation.items import Office, Status, Step

STEPS = (
    DRAFT,
    COMPLETENESS,
    CORRECTION,
    SURVEY,
    OPINION_STEP,
    PUBLICITY,
    OBJECTION,
    confirmation("confirm_county", "县级审核确认", Office.COUNTY, APPROVER),
    confirmation("confirm_township", "乡镇（街道）审核确认", Office.TOWNSHIP, REVIEWER),
    TELLING,
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    Step(key="not_accepted", title="不予受理", status=Status.CLOSED),
    Step(key="withdrawn", title="申请人撤回", status=Status.CLOSED),
    Step(key="lapsed", title="逾期未补正", status=Status.CLOSED),
    *REVIEW_STEPS,
    Step(key="ended", title="已终止", status=Status.ENDED),
)
