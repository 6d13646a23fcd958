"""精神卫生福利机构, care homes for the severely disabled, and stations that lend assistive devices."""

from collections.abc import Collection, Iterable

from minzheng.foundation.facilities.words import FacilityKind

LINE = "残疾人福利"


def placed(houses: Collection[int]) -> Iterable[tuple[int, int]]:
    """(house, person) of everybody who lives there now; imported late: facilities are declared before tables exist."""
    from minzheng.business.disability.care.models import Placement

    there = Placement.objects.filter(facility__in=houses, until=None, person__isnull=False)
    return there.values_list("facility_id", "person_id")


PSYCHIATRIC_HOME = FacilityKind(
    code="psychiatric_home",
    title="精神卫生福利机构",
    icon="building",
    line=LINE,
    counts=(("beds", "床位"), ("staff", "工作人员")),
    covers=("S-137",),
)
CARE_HOME = FacilityKind(
    code="disabled_care_home",
    title="残疾人托养机构",
    icon="home-heart",
    line=LINE,
    is_public=True,
    counts=(("beds", "托养床位"),),
    takes_in=("tekun",),
    living_in=placed,
    covers=("S-138",),
)
AID_STATION = FacilityKind(
    code="aid_station",
    title="康复辅具租赁站点",
    icon="wheelchair",
    line=LINE,
    is_public=True,
    counts=(("devices", "在架辅具"),),
    covers=("S-139",),
)
HOUSES = (PSYCHIATRIC_HOME.code, CARE_HOME.code)
