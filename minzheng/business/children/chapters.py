"""The child's file, its visits and the age at which a child's benefits end. Only those who look after children read it."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.children.models import ChildFile, Residence, ServiceGap, Treatment
from minzheng.business.children.tasks import VISIT
from minzheng.foundation.people.words import Age, Chapter, Said, Strand, Whose, in_register
from minzheng.foundation.tasks.models import IS_TO_DO, Task


def _files(whose: Whose) -> QuerySet[ChildFile]:
    return ChildFile.objects.filter(whose.of()).defer("id_no", "carer_phone")


def _say(one: ChildFile) -> Said:
    text = f"风险{one.get_risk_display()}，{one.get_state_display()}"
    return Said(f"建立{one.get_group_display()}档案", text, "info", in_register("child_files", one.pk))


def _say_closed(one: ChildFile) -> Said:
    return Said("儿童档案销册", one.close_reason, "neutral", in_register("child_files", one.pk))


def _visits(whose: Whose) -> QuerySet[Task]:
    return Task.objects.filter(IS_TO_DO, whose.of(), kind=VISIT.code)


CHILDREN = Chapter(
    code="children",
    title="儿童福利",
    permission="child.read",
    past=(
        Strand(_files, "interviewed_on", _say),
        Strand(
            lambda whose: _files(whose).filter(last_visit_on__isnull=False),
            "last_visit_on",
            lambda one: Said("儿童主任最近走访", "", "info", in_register("child_files", one.pk)),
        ),
        Strand(_files, "closed_on", _say_closed),
    ),
    ahead=(Strand(_visits, "due_on", lambda task: Said(task.title, task.get_state_display(), "warn"), "office_id"),),
)  # fmt: skip


def _gaps(whose: Whose) -> QuerySet[ServiceGap]:
    return ServiceGap.objects.filter(whose.of("file__person")).defer("note", "plan", "given")


CHILD_SERVICES = Chapter(
    code="child_gaps",
    title="服务缺口",
    permission="child.read",
    past=(
        Strand(
            _gaps,
            "found_on",
            lambda one: Said(
                f"发现缺口：{one}", one.get_found_by_display(), "warn", in_register("child_gaps", one.pk)
            ),
        ),
        Strand(
            lambda whose: _gaps(whose).filter(closed_on__isnull=False),
            "closed_on",
            lambda one: Said(
                f"{one}：{one.get_state_display()}", "", "ok", in_register("child_gaps", one.pk)
            ),
        ),
    ),
)
TREATMENTS = Chapter(
    code="tomorrow_plan",
    title="明天计划",
    permission="case.handle",
    past=(
        Strand(
            lambda whose: (
                Treatment.objects.filter(whose.of()).select_related("hospital").defer("plan", "recovery")
            ),
            "approved_on",
            lambda one: Said(
                "明天计划确认资助",
                f"{one.hospital.name}，{one.get_state_display()}",
                "ok",
                in_register("tomorrow_plan", one.pk),
            ),
        ),
    ),
)
WARDS = Chapter(
    code="child_residences",
    title="机构养育",
    permission="ward.read",
    past=(
        Strand(
            lambda whose: Residence.objects.filter(whose.of()).select_related("facility").defer("id_no"), "since",
            lambda one: Said("入住儿童福利机构", one.facility.name, "info", in_register("child_residences", one.pk)),
        ),
        Strand(
            lambda whose: Residence.objects.filter(whose.of(), until__isnull=False).defer("id_no"), "until",
            lambda one: Said("离开儿童福利机构", one.left_for, "neutral", in_register("child_residences", one.pk)),
        ),
    ),
)  # fmt: skip
ADULTHOOD = Chapter(
    code="adulthood",
    title="成年",
    ages=(Age("adult_age", "儿童基本生活保障发放到当月", ("orphan", "unattended")),),
)
