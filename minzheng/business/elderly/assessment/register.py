"""The register of approved assessments."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.elderly.assessment.models import Assessment, Level
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search

TONES = {0: "ok", 1: "info", 2: "warn", 3: "bad", 4: "bad"}


def people_of(rows: Sequence[Assessment]) -> Iterable[int]:
    return {one.person_id for one in rows}


def history_of(one: Assessment, on: object) -> QuerySet[Assessment]:
    return Assessment.objects.filter(person=one.person_id).order_by("-assessed_on")


def links(one: Assessment) -> list[tuple[str, str]]:
    found = [("这位老人", reverse("desk:person", args=[one.person_id]))]
    if one.case is not None:
        found.insert(0, ("办件和评估报告", reverse("desk:case", args=[one.case.number])))
    return found


RESULT = (
    Column("name", "姓名", "name", "person__name"),
    Column("id_no", "身份证号", "id_no", "person__id_no"),
    Column("region", "所在村（社区）", "region"),
    Column("level", "能力等级", "badge", tones=TONES, options=tuple(Level.choices)),
    Column("points", "总分", "number"),
    Column("assessed_on", "评估日期", "date", sortable=True),
    Column("valid_until", "有效期至", "date", sortable=True),
    Column("reason", "评估原因"),
)
ASSESSMENTS = Register(
    code="ability-assessments",
    title="老年人能力评估",
    covers=("S-079",),
    model=Assessment,
    icon="clipboard-check",
    unit="份",
    help="两名评估员签字、主管核准的结论。到期前30日提醒重新评估。",
    name=lambda one: f"{one.person.name}的能力评估",
    persons=people_of,
    columns=RESULT,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("level", "能力等级", "choice", options=tuple(Level.choices)),
        Filter("assessed", "评估日期", "dates", "assessed_on"),
        Filter("until", "有效期至", "dates", "valid_until"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    links=links,
    details=(
        Block("评估结论", RESULT),
        Block(
            "得分和评估人",
            (
                Column("selfcare", "自理能力（32分）", "number"),
                Column("movement", "基础运动能力（15分）", "number"),
                Column("mind", "精神状态（28分）", "number"),
                Column("senses", "感知觉与社会参与（15分）", "number"),
                Column("first_level", "初步等级", "choice"),
                Column("assessor", "评估员一", "name", "assessor__name"),
                Column("second", "评估员二", "name", "second__name"),
                Column("supervisor", "评估主管", "name", "supervisor__name"),
            ),
        ),
        Related("历次评估", RESULT[3:], history_of, register="ability-assessments", empty="没有别的评估"),
    ),
)
