"""儿童之家 of the villages, the protection centre and its stations, institutions, designated hospitals (S-116, S-121…S-125)."""

from minzheng.foundation.facilities.words import FacilityKind

CHILD_HOME = FacilityKind(
    code="child_home",
    title="儿童之家",
    icon="home-heart",
    line="儿童福利",
    is_public=True,
    counts=(("places", "可容纳儿童"),),
    covers=("S-125",),
)
PROTECTION_CENTRE = FacilityKind(
    code="protection_centre",
    title="未成年人保护中心、保护站",
    icon="shield-check",
    line="儿童福利",
    is_public=True,
    counts=(("beds", "床位"),),
    covers=("S-121",),
)
INSTITUTION = FacilityKind(
    code="child_institution",
    title="儿童福利机构",
    icon="building-community",
    line="儿童福利",
    counts=(("beds", "床位"), ("staff", "工作人员")),
    covers=("S-122",),
)
HOSPITAL = FacilityKind(
    code="tomorrow_hospital",
    title="“明天计划”定点医院",
    icon="building-hospital",
    line="儿童福利",
    is_public=True,
    covers=("S-116",),
)
