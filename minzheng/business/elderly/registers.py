"""What is kept about old people: who receives what, who was assessed, who is cared for and visited at home."""

from minzheng.business.elderly.assessment.register import ASSESSMENTS
from minzheng.business.elderly.basics.register import GUARANTEED
from minzheng.business.elderly.benefits import ALLOWANCE, CARE_SUBSIDY
from minzheng.business.elderly.daycare.register import ATTENDANCE, DAY_GUESTS
from minzheng.business.elderly.estates.register import ESTATES
from minzheng.business.elderly.fraud.register import CLUES
from minzheng.business.elderly.homecare.register import ALARMS, CARE_BEDS, DEVICES
from minzheng.business.elderly.medical.register import CLINIC_CONTRACTS, HOME_SIGNING
from minzheng.business.elderly.mutual.register import DUTIES, HELPERS, POINTS
from minzheng.business.elderly.oversight.register import INSPECTIONS, PENALTIES
from minzheng.business.elderly.renovation.register import RENOVATIONS
from minzheng.business.elderly.support.register import VOUCHERS
from minzheng.business.elderly.training.register import BASES, COURSES, TRAINEES
from minzheng.business.elderly.visiting.register import VISITED
from minzheng.foundation.benefits.recipients import recipients

__all__ = [
    "ALARMS",
    "ASSESSMENTS",
    "ATTENDANCE",
    "BASES",
    "CARE_BEDS",
    "CLINIC_CONTRACTS",
    "CLUES",
    "COURSES",
    "DAY_GUESTS",
    "DEVICES",
    "DUTIES",
    "ESTATES",
    "GUARANTEED",
    "HELPERS",
    "HOME_SIGNING",
    "INSPECTIONS",
    "PENALTIES",
    "POINTS",
    "RENOVATIONS",
    "TRAINEES",
    "VISITED",
    "VOUCHERS",
]

ALLOWANCE_RECIPIENTS = recipients(ALLOWANCE, "高龄津贴对象", icon="old")
CARE_RECIPIENTS = recipients(CARE_SUBSIDY, "养老护理补贴对象", icon="heart-handshake")
