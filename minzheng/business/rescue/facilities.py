"""救助管理站: separated by sex, minors apart (国令381 第七条; 实施细则 民政部令第24号)."""

from minzheng.foundation.facilities.words import FacilityKind

STATION = FacilityKind(
    code="rescue_station",
    title="救助管理站",
    icon="lifebuoy",
    line="救助管理",
    counts=(("men", "男床位"), ("women", "女床位"), ("boys", "男孩床位"), ("girls", "女孩床位")),
    is_public=True,
    covers=("S-161",),
)
