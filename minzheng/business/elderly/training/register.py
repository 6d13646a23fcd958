"""Training bases with their courses; courses with who took them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from minzheng.business.elderly.training.actions import enrol, examine, open_course
from minzheng.business.elderly.training.models import Course, Trade, Trainee
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

KIND = "elder_training_base"


def bases() -> QuerySet[Facility]:
    passed = Q(training_courses__trainees__passed_on__isnull=False)
    return Facility.objects.filter(kind=KIND).annotate(
        course_count=Count("training_courses", distinct=True),
        passed_count=Count("training_courses__trainees", filter=passed, distinct=True),
    )


def courses() -> QuerySet[Course]:
    return Course.objects.annotate(
        enrolled=Count("trainees"), passed=Count("trainees", filter=Q(trainees__passed_on__isnull=False))
    )


BASE = (
    Column("name", "培训基地", "name"),
    Column("region", "所在地", "region"),
    Column("operator", "单位", path="organisation__name"),
    Column("opened_on", "命名日期", "date"),
    Column("closed_on", "撤销日期", "date"),
    Column("course_count", "办班", "number"),
    Column("passed_count", "结业", "number"),
)
COURSE = (
    Column("title", "班次", "name"),
    Column("base", "培训基地", path="facility__name"),
    Column("region", "所在地", "region"),
    Column("trade", "岗位", "choice"),
    Column("since", "开班", "date", sortable=True),
    Column("until", "结业", "date"),
    Column("hours", "课时", "number"),
    Column("enrolled", "学员", "number"),
    Column("passed", "结业人数", "number"),
)
TRAINEE = (
    Column("name", "姓名", "name"),
    Column("id_no", "身份证号", "id_no"),
    Column("employer", "工作单位"),
    Column("points", "得分", "number"),
    Column("passed_on", "结业", "date"),
)

BASES = Register(
    code="training-bases",
    title="养老人才培训基地",
    covers=("S-109",),
    model=Facility,
    rows=bases,
    icon="award",
    unit="处",
    help="基地在设施台账登记；在这里开班、登记学员和成绩，合格的自动发结业证。",
    columns=BASE,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("open", "有效", "yes_no", "closed_on__isnull"),
    ),
    search=(Search("name", "contains"),),
    search_hint="基地名称",
    actions=(
        RowAction(
            "course",
            "开班",
            open_course,
            "register.write",
            "登记以后可以登记学员。",
            questions=(
                Question("title", "班次名称", min=2, max=100),
                Question("trade", "培训哪个岗位", "choice", options=tuple(Trade.choices)),
                Question("since", "开班日期", "date"),
                Question("until", "结业日期", "date"),
                Question("hours", "课时", "number", min=1, max=1000),
            ),
            is_open=lambda base: base.closed_on is None,
            bulk=False,
        ),
    ),
    details=(
        Block("基地", BASE),
        Related(
            "培训班",
            tuple(one for one in COURSE if one.key not in {"base", "region", "enrolled", "passed"}),
            lambda base, on: base.training_courses.order_by("-since"),
            register="training-courses",
            empty="还没有开班",
        ),
    ),
)
COURSES = Register(
    code="training-courses",
    title="养老培训班",
    covers=("S-109",),
    model=Course,
    rows=courses,
    icon="users-group",
    unit="班",
    columns=COURSE,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("trade", "岗位", "choice", options=tuple(Trade.choices)),
        Filter("since", "开班", "dates", "since"),
    ),
    search=(Search("title", "contains"),),
    search_hint="班次名称",
    actions=(
        RowAction(
            "enrol",
            "登记学员",
            enrol,
            "register.write",
            "结业前登记；考核以后登记成绩。",
            questions=(
                Question("name", "姓名", "name"),
                Question("id_no", "身份证号", "id_no"),
                Question("employer", "工作单位", required=False, max=100),
            ),
            bulk=False,
        ),
    ),
    details=(
        Block("培训班", COURSE),
        Related(
            "学员",
            TRAINEE,
            lambda course, on: course.trainees.order_by("name", "id"),
            register="trainees",
            empty="还没有学员",
        ),
    ),
)
TRAINEES = Register(
    code="trainees",
    title="养老培训学员",
    covers=("S-109",),
    model=Trainee,
    icon="users",
    unit="人",
    columns=(
        *TRAINEE,
        Column("course", "班次", path="course__title"),
        Column("trade", "岗位", "choice", "course__trade"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("trade", "岗位", "choice", "course__trade", options=tuple(Trade.choices)),
        Filter("passed", "结业日期", "dates", "passed_on"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    links=lambda one: (
        [("结业证", reverse("registers:detail", args=["certificates", one.certificate_id]))]
        if one.certificate_id
        else []
    ),
    actions=(
        RowAction(
            "examine",
            "登记成绩",
            examine,
            "register.write",
            "达到合格分的，当场发给结业证，扫码可以核验。",
            questions=(Question("points", "得分（百分制）", "number", min=0, max=100),),
            is_open=lambda one: one.passed_on is None,
            bulk=False,
        ),
    ),
)
