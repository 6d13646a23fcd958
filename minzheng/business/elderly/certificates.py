"""养老机构等级证书: the plaque's paper and its electronic copy; anyone checks by its code whether the grade still holds."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.training.models import Trainee
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.people.masking import mask_id_no
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
    type_no="022",
    statement="经评定，授予下列养老机构相应等级。等级是否仍然有效，以扫码核验的结果为准。",
)


def training_content(trainee: Trainee, on: dt.date) -> Content:
    """The number of the holder is masked on what anyone may check."""
    course = trainee.course
    rows = (
        ("姓名", trainee.name),
        ("身份证号", mask_id_no(trainee.id_no)),
        ("班次", course.title),
        ("岗位", course.get_trade_display()),
        ("课时", f"{course.hours}"),
        ("考核得分", f"{trainee.points}"),
        ("培训基地", course.facility.name),
    )
    public = tuple(label for label, _ in rows if label not in {"身份证号", "考核得分"})
    return Content(person=None, name=trainee.name, rows=rows, public=public)


ELDER_TRAINING = Certificate(
    code="elder_training",
    title="养老服务培训结业证",
    mark="养培",
    content=training_content,
    cite="国办发〔2020〕52号 养老护理员职业技能培训；各地培训基地管理办法",
    type_no="023",
    statement="完成下列培训并考核合格，准予结业。",
)
