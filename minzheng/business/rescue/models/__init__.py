"""Nouns of rescue, by what they are about."""

from minzheng.business.rescue.models.outside import CaseFile, OutsideCase
from minzheng.business.rescue.models.refusals import Grounds, Refusal
from minzheng.business.rescue.models.searching import (
    Match,
    MatchState,
    MissingReport,
    NoticeState,
    PublicNotice,
    Reporter,
    ReportState,
    Search,
    SearchResult,
    SearchWay,
)
from minzheng.business.rescue.models.settlement import Settlement, SettlementState
from minzheng.business.rescue.models.stays import (
    Belonging,
    Extension,
    HealthCheck,
    HealthKind,
    Identity,
    Need,
    Source,
    Stay,
    StayState,
    Way,
    Wing,
)
from minzheng.business.rescue.models.street import Encounter, Met, Patrol, Season

__all__ = [
    "Belonging",
    "CaseFile",
    "Encounter",
    "Extension",
    "Grounds",
    "HealthCheck",
    "HealthKind",
    "Identity",
    "Match",
    "MatchState",
    "Met",
    "MissingReport",
    "Need",
    "NoticeState",
    "OutsideCase",
    "Patrol",
    "PublicNotice",
    "Refusal",
    "ReportState",
    "Reporter",
    "Search",
    "SearchResult",
    "SearchWay",
    "Season",
    "Settlement",
    "SettlementState",
    "Source",
    "Stay",
    "StayState",
    "Way",
    "Wing",
]
