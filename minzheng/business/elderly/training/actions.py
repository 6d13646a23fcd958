"""A class is opened, people enrol, are examined, and get their certificate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.training.models import Course, Trainee
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.certificates.actions import issue
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rights import refuse_closed, require_facility
from minzheng.foundation.items.figures import figures

CERTIFICATE = "elder_training"


@action("training.course", "登记培训班")
def open_course(
    access: Any,
    base: Facility,
    *,
    title: str,
    trade: str,
    since: dt.date | str,
    until: dt.date | str,
    hours: int,
) -> Course:
    require_facility(access, base)
    refuse_closed(base)
    begin, end = dt.date.fromisoformat(str(since)), dt.date.fromisoformat(str(until))
    if end < begin:
        raise Refused({"until": "结业日期早于开班日期，请核对。"})
    return Course.objects.create(
        facility=base, region=base.region, title=title, trade=trade, since=begin, until=end, hours=hours
    )


@action("training.enrol", "登记学员")
def enrol(access: Any, course: Course, *, name: str, id_no: str, employer: str = "") -> Trainee:
    require_facility(access, course.facility)
    if access.today > course.until:
        raise Refused("这个班已经结业，不能再登记学员。")
    try:
        with transaction.atomic():
            return Trainee.objects.create(
                course=course, region=course.region, name=name, id_no=id_no, employer=employer or ""
            )
    except IntegrityError:
        raise Refused({"id_no": "这个人已经在这个班里，不用重复登记。"}) from None


@action("training.examined", "登记考核成绩")
def examine(access: Any, trainee: Trainee, *, points: int) -> Trainee:
    """From the pass mark on the certificate is issued at once; below it the examination may be taken again."""
    require_facility(access, trainee.course.facility)
    trainee = Trainee.objects.select_for_update().get(pk=trainee.pk)
    if trainee.passed_on is not None:
        raise Refused(f"{trainee.name}已经结业，成绩不能再改。")
    if access.today < trainee.course.since:
        raise Refused("还没有开班，不能登记成绩。")
    trainee.points = points
    if points >= int(figures(access.today, trainee.region_id)("training_pass_points")):
        trainee.passed_on = access.today
        trainee.certificate = issue(
            access, CERTIFICATE, trainee, region=trainee.region_id, origin=f"trainee:{trainee.pk}",
            today=access.today,
        )  # fmt: skip
    trainee.save()
    return trainee
