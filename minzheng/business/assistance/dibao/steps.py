"""The whole way of A1, in order."""

from dataclasses import replace

from minzheng.business.assistance.dibao.apply import APPLYING
from minzheng.business.assistance.dibao.decide import OBJECTION, PUBLICITY, confirmation
from minzheng.business.assistance.dibao.review import NEWS, REVIEW_STEPS
from minzheng.business.assistance.dibao.roles import APPROVER, REVIEWER
from minzheng.business.assistance.dibao.survey import OPINION_STEP, SURVEY
from minzheng.foundation.items import Office, Status, Step
from minzheng.foundation.items.usual import CLOSINGS, HELPER, telling

DECIDING = (
    OPINION_STEP,
    PUBLICITY,
    OBJECTION,
    confirmation("confirm_county", "县级审核确认", Office.COUNTY, APPROVER),
    confirmation("confirm_township", "乡镇（街道）审核确认", Office.TOWNSHIP, REVIEWER),
)
STEPS = (
    *APPLYING,
    SURVEY,
    *(replace(step, moves=(*step.moves, NEWS)) for step in DECIDING),
    telling(HELPER),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
    *REVIEW_STEPS,
    Step(key="ended", title="已终止", status=Status.ENDED),
)
