"""静默认证 as lists: every right and month, and the notices to the places people moved to."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.certification.certify import in_words
from minzheng.datacenter.certification.models import Certification, Outcome, PlaceNotice, Result
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.registers import Block, Column, Filter, Register, Search

TONES = {
    Result.CLEAN: "ok",
    Result.DEAD: "bad",
    Result.MOVED: "warn",
    Result.EXCLUDED: "warn",
    Result.EXPIRED: "warn",
    Result.UNKNOWN: "neutral",
    Result.DOUBTED: "warn",
}
OUTCOME_TONES = {
    Outcome.CONFIRMED: "ok",
    Outcome.VISITED: "ok",
    Outcome.STOPPED: "neutral",
    Outcome.VISITING: "warn",
    Outcome.SUSPENDED: "bad",
    Outcome.DOUBTED: "bad",
}


def certifications() -> QuerySet[Certification]:
    return Certification.objects.select_related("person", "region")


CERTIFICATIONS = Register(
    code="certifications",
    covers=("S-114",),
    title="静默认证",
    model=Certification,
    icon="shield-check",
    unit="人次",
    help="每月用数据比对代替本人到场认证：比对一致的不打扰，只有例外才联系。",
    rows=certifications,
    name=lambda one: f"{one.month:%Y年%m月}静默认证",
    persons=lambda shown: {one.person_id for one in shown},
    columns=(
        Column("person", "享受人", "name", "person__name"),
        Column("benefit", "待遇", read=lambda one: benefit_title(one.benefit)),
        Column("month", "月份", "month", sortable=True),
        Column("result", "比对结果", "badge", tones=TONES),
        Column("outcome", "处理", "badge", tones=OUTCOME_TONES),
        Column("region", "所在地", "region"),
    ),
    filters=(
        Filter("result", "比对结果", "choice"),
        Filter("outcome", "处理", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "月份", "dates"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="享受人姓名（从姓开始）或完整身份证号",
    details=(
        Block(
            "静默认证",
            (
                Column("person", "享受人", "name", "person__name"),
                Column("benefit", "待遇", read=lambda one: benefit_title(one.benefit)),
                Column("month", "月份", "month"),
                Column("result", "比对结果", "badge", tones=TONES),
                Column("words", "情况", read=in_words),
                Column("outcome", "处理", "badge", tones=OUTCOME_TONES),
                Column("source", "数据来源"),
                Column("made_at", "比对时间", "moment"),
            ),
        ),
    ),
)


def _notices(code: str, title: str, help: str, region: str) -> Register:
    """The same notices, seen from one end: each office sees those that are its own."""
    return Register(
        code=code,
        title=title,
        model=PlaceNotice,
        icon="mail",
        unit="件",
        help=help,
        region=region,
        rows=lambda: PlaceNotice.objects.select_related("person", "region", "to_region"),
        name=lambda one: f"{benefit_title(one.benefit)}迁出告知",
        persons=lambda shown: {one.person_id for one in shown},
        columns=(
            Column("person", "本人", "name", "person__name"),
            Column("id_no", "身份证号", "id_no", "person__id_no"),
            Column("benefit", "待遇", read=lambda one: benefit_title(one.benefit)),
            Column("from", "迁出地", read=lambda one: one.region.full_name),
            Column("to", "迁入地", read=lambda one: one.to_region.full_name),
            Column("last_month", "原地发放至", "month"),
            Column("made_on", "告知日期", "date"),
        ),
    )


MOVED_AWAY = _notices(
    "place_notices", "迁出告知", "迁出本省、待遇已停发的人员，告知迁入地民政部门。", "region_id"
)
MOVED_HERE = _notices(
    "arrivals", "迁入告知", "外地迁入、原待遇已停发的人员，请主动告知其在本地申请。", "to_region_id"
)
