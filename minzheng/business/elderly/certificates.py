"""养老机构等级证书: the plaque's paper and its electronic copy; anyone checks by its code whether the grade still holds."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.scoring.models import Assessment


def grade_content(assessment: Assessment, on: dt.date) -> Content:
    """Grade, points by part and term: nothing of it is personal, so all of it may be checked by anyone."""
    parts = assessment.points_sheet.parts
    rows = (
        ("养老机构", assessment.name),
        ("等级", assessment.grade_title),
        ("总分", f"{assessment.total} 分（满分 {assessment.points_sheet.most} 分）"),
        ("各部分得分", "、".join(f"{part.title} {assessment.sums[part.code]}" for part in parts)),
        ("评定标准", assessment.points_sheet.cite),
        ("所在地", assessment.region.full_name),
    )
    return Content(
        person=None,
        name=assessment.name,
        rows=rows,
        public=tuple(label for label, _ in rows),
        valid_until=assessment.valid_until,
    )


ELDER_HOME_GRADE = Certificate(
    code="elder_home_grade",
    title="养老机构等级证书",
    mark="养评",
    content=grade_content,
    cite="GB/T 37276-2018",
    type_code="MZYLDJ",
    statement="经评定，授予下列养老机构相应等级。等级是否仍然有效，以扫码核验的结果为准。",
)
