"""Marriage registration: who registers, the register itself, divorces on their way, and what is kept beside them."""

from minzheng.business.marriage.models.archive import (
    AlertKind,
    ArchiveSearch,
    CounselSession,
    CreditRecord,
    RiskAlert,
)
from minzheng.business.marriage.models.declined import Declined, Wanted
from minzheng.business.marriage.models.divorce import Agreement, Divorce, DivorceState
from minzheng.business.marriage.models.register import (
    Kind,
    Marriage,
    MarriageEnd,
    Prior,
    Registration,
    Source,
    Spouse,
    Standing,
)
from minzheng.business.marriage.models.registry import Registrar, Registry

__all__ = [
    "Agreement",
    "AlertKind",
    "ArchiveSearch",
    "CounselSession",
    "CreditRecord",
    "Declined",
    "Divorce",
    "DivorceState",
    "Kind",
    "Marriage",
    "MarriageEnd",
    "Prior",
    "Registrar",
    "Registration",
    "Registry",
    "RiskAlert",
    "Source",
    "Spouse",
    "Standing",
    "Wanted",
]
