"""Needs of care, stays in institutions, closed houses."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from minzheng.business.disability.care.actions import (
    AWAY,
    close_house,
    close_need,
    leave,
    lift,
    place_needy,
    serve,
)
from minzheng.business.disability.care.models import CareNeed, Closure, Need, Placement, State
from minzheng.business.disability.facilities import CARE_HOME, HOUSES, PSYCHIATRIC_HOME
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.usual import same
from minzheng.foundation.people.named import ASKED, SEARCH, SEARCH_HINT, WHERE, WHO, link_person, people_of
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, RowAction, Search

TONES = {State.WAITING: "bad", State.SERVED: "ok", State.PLACED: "ok", State.DONE: "neutral"}
STAY = (
    Question("house", "机构全称", hint="照设施台账的名称写。", max=100),
    Question("bed", "床号", max=20),
    Question("ground", "入住依据", "choice", options=same("家庭无力照护", "监护人送养", "公安、法院移送", "流浪救助转入", "医疗后康复")),
    Question("guardian", "监护人（联系人）", "name"),
    Question("since", "入住日期", "date", tense="past"),
)  # fmt: skip
KINDS = tuple((one.code, one.title) for one in (PSYCHIATRIC_HOME, CARE_HOME))


def houses() -> QuerySet[Facility]:
    shut = Closure.objects.filter(facility=OuterRef("pk"), until=None)
    living = Count("placements", filter=Q(placements__until=None))
    return Facility.objects.filter(kind__in=HOUSES).annotate(living=living, closed=Exists(shut))


CARE_NEEDS = Register(
    code="care-needs",
    title="重度残疾人照护需求",
    covers=("S-138",),
    model=CareNeed,
    icon="heart-handshake",
    unit="人",
    read="person.read",
    help="评估需要家庭以外照护的重度残疾人：安排上门服务或机构托养，按期回访。",
    persons=people_of,
    columns=(
        *WHO,
        Column("needs", "需要的照护", read=lambda one: "、".join(Need(key).label for key in one.needs)),
        Column("carer", "现在由谁照护"),
        Column("state", "状态", "badge", tones=TONES),
        Column("assessed_on", "评估日期", "date", sortable=True),
        Column("seen_on", "最近回访", "date"),
        Column("next_visit", "下次回访不晚于", "date"),
    ),
    filters=(
        WHERE,
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("due", "下次回访", "dates", "next_visit"),
    ),
    search=SEARCH,
    search_hint=SEARCH_HINT,
    form=Form(
        (
            Section("person", "本人", ASKED),
            Section(
                "care",
                "评估",
                (
                    Question("needs", "需要哪些照护", "choices", options=tuple(Need.choices)),
                    Question("carer", "现在由谁照护", hint="如：七十岁的母亲。", max=40),
                    Question("assessed_on", "评估日期", "date", tense="past"),
                ),
            ),
        )
    ),
    imports=Import(key=("id_no",), ready=link_person),
    actions=(
        RowAction(
            "serve", "安排上门照护", serve, "register.write", "以后按服务工单上门，按期回访。",
            is_open=lambda one: one.state == State.WAITING,
        ),
        RowAction(
            "place", "安排机构托养", place_needy, "register.write", "登记入住；家里的养老床位等照护自动终止。",
            questions=STAY, is_open=lambda one: one.state in (State.WAITING, State.SERVED), bulk=False,
        ),
        RowAction(
            "close", "不再需要", close_need, "register.write", "停止回访，记录保留。",
            questions=(Question("ended_for", "原因", max=60),), is_open=lambda one: one.state != State.DONE,
            danger=True,
        ),
    ),
    links=lambda one: (
        [("安排服务", reverse("desk:services:new", args=[one.person_id]))] if one.person_id else []
    ),
)  # fmt: skip
PLACEMENTS = Register(
    code="placements",
    title="机构托养人员",
    covers=("S-137", "S-138"),
    model=Placement,
    icon="bed",
    unit="人",
    read="person.read",
    help="精神卫生福利机构、残疾人托养机构里住着的人；一人一床，去世自动离床。",
    persons=people_of,
    columns=(
        *WHO,
        Column("facility", "机构", path="facility__name"),
        Column("bed", "床号"),
        Column("ground", "入住依据"),
        Column("guardian", "监护人", "name", shown=False),
        Column("since", "入住", "date", sortable=True),
        Column("until", "离开", "date"),
        Column("left_for", "去向"),
    ),
    filters=(
        WHERE,
        Filter("kind", "机构种类", "choice", "facility__kind", options=KINDS),
        Filter("here", "在住", "yes_no", "until__isnull"),
    ),
    search=(*SEARCH, Search("facility__name", "contains")),
    search_hint=f"{SEARCH_HINT}，或机构名称",
    actions=(
        RowAction(
            "leave", "办理离开", leave, "register.write", "床位空出；还需要照护的回到“待安排”。",
            questions=(
                Question("until", "离开日期", "date", tense="past"),
                Question("left_for", "去向", "choice", options=same("回家", "转其他机构", *AWAY)),
            ),
            is_open=lambda one: one.until is None,
        ),
    ),
)  # fmt: skip
HOUSES_KEPT = Register(
    code="disability-houses",
    title="精神卫生福利和托养机构",
    covers=("S-137",),
    model=Facility,
    rows=houses,
    icon="building",
    unit="家",
    help="机构在设施台账开办，床位数也在那里更正；封闭管理在这里实行和解除。",
    columns=(
        Column("name", "名称", "name"),
        Column("region", "所在地", "region"),
        Column("kind", "种类", "choice", options=KINDS),
        Column("beds", "床位", read=lambda one: one.counts.get("beds", "未登记")),
        Column("living", "在住", "number"),
        Column("closed", "封闭管理", "yes_no"),
    ),
    filters=(WHERE, Filter("kind", "种类", "choice", options=KINDS)),
    search=(Search("name", "contains"),),
    search_hint="机构名称",
    actions=(
        RowAction(
            "close_house", "实行封闭管理", close_house, "home.file",
            "封闭期间不收住、不离院，转院治疗和避险除外。",
            questions=(
                Question("since", "开始日期", "date", tense="past"),
                Question("ordered_by", "依据文件", max=80),
                Question("measures", "管理措施", "long_text", hint="探视、物资、人员轮换怎样安排。", max=200),
            ),
            danger=True,
        ),
    ),
    details=(
        Block("机构", (Column("name", "名称", "name"), Column("address", "地址"), Column("size", "规模", read=lambda one: one.size))),
    ),
)  # fmt: skip
CLOSURES = Register(
    code="house-closures",
    title="封闭管理记录",
    covers=("S-137",),
    model=Closure,
    icon="lock",
    unit="次",
    columns=(
        Column("facility", "机构", path="facility__name"),
        Column("region", "所在地", "region"),
        Column("since", "开始", "date", sortable=True),
        Column("until", "解除", "date"),
        Column("ordered_by", "依据文件"),
        Column("measures", "管理措施", shown=False),
    ),
    filters=(WHERE, Filter("open", "封闭中", "yes_no", "until__isnull")),
    actions=(
        RowAction(
            "lift", "解除封闭管理", lift, "home.file", "恢复收住、探视和离院。",
            questions=(Question("until", "解除日期", "date", tense="past"),), is_open=lambda one: one.until is None,
        ),
    ),
)  # fmt: skip
