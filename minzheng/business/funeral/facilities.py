"""Funeral homes and burial places (handbook §5; S-151 … S-154)."""

from __future__ import annotations

from minzheng.foundation.facilities.words import FacilityKind

LINE = "殡葬服务"
HOME = FacilityKind(
    code="funeral_home",
    title="殡仪馆",
    icon="building-community",
    line=LINE,
    counts=(("furnaces", "火化炉"), ("cold", "冷藏位")),
    is_public=True,
    covers=("S-154",),
)
PUBLIC_CEMETERY = FacilityKind(
    code="public_cemetery",
    title="公益性公墓",
    icon="grave",
    line=LINE,
    counts=(("plots", "墓位"),),
    is_public=True,
    covers=("S-152",),
)
COMMERCIAL_CEMETERY = FacilityKind(
    code="commercial_cemetery",
    title="经营性公墓",
    icon="grave",
    line=LINE,
    counts=(("plots", "墓位"),),
    is_public=True,
    covers=("S-152",),
)
VILLAGE_CEMETERY = FacilityKind(
    code="village_cemetery",
    title="农村公益性公墓",
    icon="grave",
    line=LINE,
    counts=(("plots", "墓位"),),
    is_public=True,
    covers=("S-153",),
)
ASH_HALL = FacilityKind(
    code="ash_hall",
    title="骨灰堂",
    icon="building",
    line=LINE,
    counts=(("niches", "格位"),),
    is_public=True,
    covers=("S-151",),
)
ECO_GROUND = FacilityKind(
    code="eco_ground",
    title="生态安葬区",
    icon="flower",
    line=LINE,
    counts=(("plots", "葬位"),),
    is_public=True,
    covers=("S-155",),
)
BURIAL_PLACES = (PUBLIC_CEMETERY, COMMERCIAL_CEMETERY, VILLAGE_CEMETERY, ASH_HALL, ECO_GROUND)
