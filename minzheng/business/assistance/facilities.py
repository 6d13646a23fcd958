"""Where help begins in a village: a door, a name and a telephone (S-066)."""

from __future__ import annotations

from minzheng.foundation.facilities.words import FacilityKind

ASSISTANCE_POINT = FacilityKind(
    code="assistance_point",
    title="村（社区）救助站点",
    icon="hand-stop",
    line="社会救助",
    counts=(("staff", "工作人员"),),
    is_public=True,
    covers=("S-066",),
)
