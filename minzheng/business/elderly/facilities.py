"""What serves the old: homes, centres in streets and communities, points in villages (handbook §3; 基本养老服务体系)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from minzheng.foundation.facilities.words import FacilityKind

LINE = "养老服务"


def residents(homes: Collection[int]) -> Iterable[tuple[int, int]]:
    """(home, person) of everybody who lives there now; imported late: facilities are declared before tables exist."""
    from minzheng.business.elderly.institutions.models import Resident

    return Resident.objects.filter(home__in=homes, left_on=None).values_list("home_id", "person_id")


HOME = FacilityKind(
    code="elder_home",
    title="养老机构",
    icon="building",
    line=LINE,
    counts=(("beds", "床位"), ("staff", "工作人员")),
    is_public=True,
    serves=("elder",),
    takes_in=("tekun",),
    living_in=residents,
    covers=("S-103",),
)
STREET_CENTRE = FacilityKind(
    code="street_centre",
    title="街道（乡镇）综合养老服务中心",
    icon="building",
    line=LINE,
    counts=(("beds", "短托床位"), ("staff", "工作人员")),
    is_public=True,
    serves=("elder",),
    covers=("S-095",),
)
DAY_CARE = FacilityKind(
    code="day_care",
    title="社区日间照料中心",
    icon="heart-handshake",
    line=LINE,
    counts=(("seats", "日托床位"), ("staff", "工作人员")),
    is_public=True,
    serves=("elder",),
    covers=("S-096",),
)
MUTUAL_AID = FacilityKind(
    code="mutual_aid",
    title="农村互助养老点",
    icon="home",
    line=LINE,
    counts=(("helpers", "互助员"),),
    is_public=True,
    serves=("elder",),
    covers=("S-104",),
)
CANTEEN = FacilityKind(
    code="elder_canteen",
    title="老年助餐点",
    icon="home",
    line=LINE,
    counts=(("seats", "餐位"),),
    is_public=True,
    serves=("elder",),
)
TRAINING_BASE = FacilityKind(
    code="elder_training_base",
    title="养老人才培训基地",
    icon="award",
    line=LINE,
    counts=(("seats", "学位"),),
    covers=("S-109",),
)
