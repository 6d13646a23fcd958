"""A case (办件) and what belongs to it."""

from minzheng.foundation.cases.models.case import Case, CasePerson, Channel, Outcome
from minzheng.foundation.cases.models.clock import CaseClock, Lamp
from minzheng.foundation.cases.models.material import CaseMaterial
from minzheng.foundation.cases.models.paper import Notice, NumberSeries
from minzheng.foundation.cases.models.relative import StaffRelative
from minzheng.foundation.cases.models.trail import CaseMove, Correction, Objection, Review

__all__ = [
    "Case",
    "CaseClock",
    "CaseMaterial",
    "CaseMove",
    "CasePerson",
    "Channel",
    "Correction",
    "Lamp",
    "Notice",
    "NumberSeries",
    "Objection",
    "Outcome",
    "Review",
    "StaffRelative",
]
