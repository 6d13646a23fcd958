"""Who receives the old-age allowance, and what the assessments found."""

from minzheng.business.elderly.assessment.register import ASSESSMENTS
from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.foundation.benefits.recipients import recipients

__all__ = ["ALLOWANCE_RECIPIENTS", "ASSESSMENTS"]

ALLOWANCE_RECIPIENTS = recipients(ALLOWANCE, "高龄津贴对象", icon="old")
