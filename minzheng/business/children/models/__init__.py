"""What the children's line keeps. Files of children are the most restricted class (walls.py, permissions.py)."""

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

__all__ = [
    "CareAgreement",
    "ChildFile",
    "Conference",
    "Duty",
    "GuardianCredit",
    "HarmReport",
    "Intake",
    "Officer",
    "OpeningDay",
    "Parent",
    "RecordCheck",
    "Training",
    "WomenActivity",
]
