"""Nouns of elder care, by what they are about."""

from minzheng.business.elderly.assessment.models import Assessment, AssessmentDraft, Level
from minzheng.business.elderly.homecare.models import Alarm, CareBed, Device
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.elderly.support.models import Voucher, VoucherUse
from minzheng.business.elderly.visiting.models import Visited

__all__ = [
    "Alarm",
    "Assessment",
    "AssessmentDraft",
    "CareBed",
    "ClinicContract",
    "Device",
    "Level",
    "Renovation",
    "Visited",
    "Voucher",
    "VoucherUse",
]
