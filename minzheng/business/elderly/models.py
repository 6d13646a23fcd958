"""Nouns of elder care, by what they are about."""

from minzheng.business.elderly.assessment.models import Assessment, AssessmentDraft, Level
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.business.elderly.daycare.models import Attendance, DayGuest
from minzheng.business.elderly.estates.models import Estate
from minzheng.business.elderly.fraud.models import Clue
from minzheng.business.elderly.homecare.models import Alarm, CareBed, Device
from minzheng.business.elderly.medical.models import ClinicContract, HomeClinic
from minzheng.business.elderly.mutual.models import Duty, MutualActivity, MutualHelper
from minzheng.business.elderly.oversight.models import Inspection, Penalty
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.elderly.support.models import Voucher, VoucherUse
from minzheng.business.elderly.training.models import Course, Trainee
from minzheng.business.elderly.visiting.models import Visited

__all__ = [
    "Alarm",
    "Assessment",
    "AssessmentDraft",
    "Attendance",
    "CareBed",
    "ClinicContract",
    "Clue",
    "Course",
    "DayGuest",
    "Device",
    "Duty",
    "Estate",
    "Guaranteed",
    "HomeClinic",
    "Inspection",
    "Level",
    "MutualActivity",
    "MutualHelper",
    "Penalty",
    "Renovation",
    "Trainee",
    "Visited",
    "Voucher",
    "VoucherUse",
]
