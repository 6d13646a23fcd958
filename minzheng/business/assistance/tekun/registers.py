"""特困人员 as the county keeps them: how each is cared for, who waits for a place, who cares at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from minzheng.business.assistance.models import Ability, CareAgreement, Place, Support
from minzheng.business.assistance.tekun import caring
from minzheng.business.assistance.tekun.proofs import in_words, proofs_of
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

TONES = {Ability.ABLE: "ok", Ability.PARTLY: "warn", Ability.UNABLE: "bad"}
SINCE = Question("since", "从哪一天起？", "date", tense="past")


def supports() -> QuerySet[Support]:
    """Who is supported this month."""
    month = month_of(dt.date.today())
    runs = Q(entitlement__until_month__isnull=True) | Q(entitlement__until_month__gte=month)
    return Support.objects.filter(runs).exclude(entitlement__state="void").select_related("home", "person")


def waiting() -> QuerySet[Support]:
    return supports().filter(waiting_since__isnull=False)


def people_of(shown: Sequence[Support]) -> Iterable[int]:
    return [one.person_id for one in shown]


def agreements_of(support: Support, on: dt.date) -> QuerySet[CareAgreement]:
    return support.agreements.select_related("carer").order_by("-signed_on")


NAME = Column("name", "姓名", "name", "person__name")
FACTS = (
    NAME,
    Column("id_no", "身份证号", "id_no", "person__id_no"),
    Column("region", "所在村（社区）", "region"),
    Column("place", "供养方式", "choice"),
    Column("home", "供养服务机构", path="home__name"),
    Column("ability", "自理能力", "badge", tones=TONES),
    Column("ability_since", "现等级起发月", "month"),
    Column("waiting_since", "轮候起始日", "date"),
)


def admitting(support: Support) -> list[tuple[str, str]]:
    """Where the officer chooses a home with a free bed (online/desk/tekun)."""
    title = "换一家机构" if support.place == Place.COLLECTIVE else "安排入住机构"
    return [(title, reverse("desk:tekun_admit", args=[support.pk]))]


SEARCH = (Search("person__name"), Search("person__id_no", "exact"))
HINT = "姓名（从姓开始）或完整身份证号"

CARE = Register(
    code="tekun_care",
    title="特困照料",
    covers=("S-042",),
    model=Support,
    rows=supports,
    icon="heart-handshake",
    unit="人",
    help="在册特困人员怎样供养：集中或分散、自理能力、谁在照料。金额在“特困供养对象”台账。",
    name=lambda one: one.person.name,
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("place", "供养方式", "choice"),
        Filter("ability", "自理能力", "choice"),
        Filter("waiting", "不在轮候", "yes_no", "waiting_since__isnull"),
        Filter("alone", "没有照料协议", "yes_no", "agreements__isnull"),
    ),
    search=SEARCH,
    search_hint=HINT,
    links=admitting,
    actions=(
        RowAction(
            "agree", "签订照料协议", caring.sign_agreement, "register.write", "登记委托照料协议；以后每月由村（社区）核实照料情况。",
            questions=(
                Question("carer_id_no", "照料人身份证号", "id_no"),
                Question("relation", "与特困人员的关系", "text", max=40),
                Question("duties", "约定照料什么？", "long_text", min=2, max=300, hint="例如日常看护、送餐、就医陪同。"),
                Question("signed_on", "签订日期", "date", tense="past"),
            ),
            is_open=lambda one: one.place == Place.SCATTERED and not one.agreements.filter(ended_on=None).exists(),
            bulk=False,
        ),
        RowAction(
            "wait", "登记轮候", caring.wait_for_place, "register.write", "本人愿意集中供养，一时没有床位，进入轮候名单。",
            is_open=lambda one: one.place == Place.SCATTERED and one.waiting_since is None,
        ),
        RowAction(
            "go_home", "回家分散供养", caring.go_home, "register.write", "登记离开机构、回家供养；请接着签订照料协议。",
            questions=(SINCE,), is_open=lambda one: one.place == Place.COLLECTIVE, bulk=False,
        ),
    ),
    details=(
        Block("供养", (*FACTS, Column("failures", "不能自主完成的项数"), Column("place_since", "现方式起始日", "date"))),
        Related(
            "委托照料协议",
            (
                Column("carer", "照料人", "name", "carer__name"),
                Column("relation", "关系"),
                Column("duties", "照料内容"),
                Column("signed_on", "签订日期", "date"),
                Column("ended_on", "终止日期", "date"),
            ),
            agreements_of,
            register="care_agreements",
            target=lambda one: one.pk,
            empty="没有照料协议",
        ),
        Related(
            "每月照料核实",
            (
                Column("due_on", "最迟核实", "date"),
                Column("state", "状态", "choice"),
                Column("outcome", "结果", read=in_words),
                Column("done_at", "核实时间", "moment"),
            ),
            proofs_of,
            empty="还没有核实记录",
        ),
    ),
)  # fmt: skip
WAITING = Register(
    code="tekun_waiting",
    title="集中供养轮候",
    covers=("S-043",),
    model=Support,
    rows=waiting,
    icon="list-check",
    unit="人",
    help="愿意集中供养、还没有床位的特困人员。“应养尽养”要求这张名单是空的。",
    name=lambda one: one.person.name,
    persons=people_of,
    columns=(NAME, *FACTS[1:3], FACTS[5], FACTS[7]),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("ability", "自理能力", "choice"),
        Filter("since", "轮候起始日", "dates", "waiting_since"),
    ),
    search=SEARCH,
    search_hint=HINT,
    links=admitting,
    actions=(
        RowAction(
            "unwait", "不再轮候", caring.stop_waiting, "register.write", "本人改变主意，从轮候名单中撤下。",
            questions=(Question("reason", "原因", "text", max=120),), bulk=False,
        ),
    ),
    details=(Block("轮候", FACTS),),
)  # fmt: skip


def carers_and_cared(shown: Sequence[CareAgreement]) -> Iterable[int]:
    return {key for one in shown for key in (one.carer_id, one.support.person_id)}


AGREEMENT = (
    Column("person", "特困人员", "name", "support__person__name"),
    Column("carer", "照料人", "name", "carer__name"),
    Column("relation", "关系"),
    Column("region", "所在村（社区）", "region"),
    Column("signed_on", "签订日期", "date"),
    Column("ended_on", "终止日期", "date"),
)
AGREEMENTS = Register(
    code="care_agreements",
    title="委托照料协议",
    covers=("S-042",),
    model=CareAgreement,
    rows=lambda: CareAgreement.objects.select_related("support__person", "carer"),
    icon="writing",
    unit="份",
    help="分散供养特困人员的照料协议。在“特困照料”台账里签订；每月由村（社区）核实一次。",
    name=lambda one: f"{one.support.person.name}的照料协议",
    persons=carers_and_cared,
    columns=AGREEMENT,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("signed", "签订日期", "dates", "signed_on"),
        Filter("running", "生效中", "yes_no", "ended_on__isnull"),
    ),
    search=(Search("support__person__name"), Search("carer__name")),
    search_hint="特困人员或照料人的姓名（从姓开始）",
    actions=(
        RowAction(
            "end", "终止协议", caring.end_agreement, "register.write", "协议终止；仍是分散供养的，请另签新协议。",
            questions=(
                Question("ended_on", "终止日期", "date", tense="past"),
                Question("reason", "原因", "text", max=120),
            ),
            is_open=lambda one: one.ended_on is None, bulk=False,
        ),
    ),
    details=(
        Block(
            "协议",
            (*AGREEMENT, Column("duties", "照料内容"), Column("end_reason", "终止原因"),
             Column("phone", "照料人电话", "phone", "carer__phone")),
        ),
    ),
)  # fmt: skip
