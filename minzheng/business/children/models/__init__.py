"""What the children's line keeps. Files of children are the most restricted class (walls.py, permissions.py)."""

from minzheng.business.children.bodies.models import BodySupport, ChildBody
from minzheng.business.children.gaps.models import ServiceGap
from minzheng.business.children.institutions.models import Conversion, Residence
from minzheng.business.children.models.files import CareAgreement, ChildFile
from minzheng.business.children.models.officers import Officer, OpeningDay, RecordCheck, Training
from minzheng.business.children.models.parents import Parent
from minzheng.business.children.models.protection import (
    Conference,
    Duty,
    GuardianCredit,
    HarmReport,
    Intake,
)
from minzheng.business.children.models.women import WomenActivity
from minzheng.business.children.tomorrow.models import Treatment

__all__ = [
    "BodySupport",
    "CareAgreement",
    "ChildBody",
    "ChildFile",
    "Conference",
    "Conversion",
    "Duty",
    "GuardianCredit",
    "HarmReport",
    "Intake",
    "Officer",
    "OpeningDay",
    "Parent",
    "RecordCheck",
    "Residence",
    "ServiceGap",
    "Training",
    "Treatment",
    "WomenActivity",
]
