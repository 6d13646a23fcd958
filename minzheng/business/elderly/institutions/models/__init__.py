"""Nouns of homes for the old, by what they are about."""

from minzheng.business.elderly.institutions.models.beds import Bed, BedKind, BedState, CarePlace, Stay
from minzheng.business.elderly.institutions.models.homes import FilingState, Home, Ownership, Staff
from minzheng.business.elderly.institutions.models.money import Prepaid, Run, RunLine, SubsidyYear
from minzheng.business.elderly.institutions.models.residents import Accident, Resident
from minzheng.business.elderly.institutions.models.safety import Check, CheckKind

__all__ = [
    "Accident",
    "Bed",
    "BedKind",
    "BedState",
    "CarePlace",
    "Check",
    "CheckKind",
    "FilingState",
    "Home",
    "Ownership",
    "Prepaid",
    "Resident",
    "Run",
    "RunLine",
    "Staff",
    "Stay",
    "SubsidyYear",
]
