"""The list beside what people receive: who is on it and receives nothing is the gap to look at (S-060)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from minzheng.business.assistance.poor.models import Kind, RegisteredPoor
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.named import ASKED, SEARCH, SEARCH_HINT, WHERE, WHO, link_person, people_of
from minzheng.foundation.registers import Column, Filter, Import, Register

PAID = (State.ACTIVE, State.SUSPENDED, State.EXITING)


def listed() -> QuerySet[RegisteredPoor]:
    """With what the person or the family receives now; set-based, one query for a page."""
    running = Entitlement.objects.filter(state__in=PAID)
    lives = Q(household__memberships__person=OuterRef("person"), household__memberships__until=None)
    return RegisteredPoor.objects.annotate(
        on_dibao=Exists(running.filter(lives, benefit="dibao")),
        on_tekun=Exists(running.filter(benefit="tekun", person=OuterRef("person"))),
    )


def policy_holds(row: RegisteredPoor) -> str:
    """五年过渡期: until its last day the policies of the poverty years go on (standard poverty_transition_until)."""
    return transition(row.region_id, timezone.localdate())


def transition(region: str, on: dt.date) -> str:
    stated = figures(on, region)
    since, until = (dt.date.fromisoformat(stated(f"poverty_transition_{end}")) for end in ("since", "until"))
    if on < since:
        return f"{since} 起"
    return f"过渡期内，到 {until}" if on <= until else f"过渡期已于 {until} 结束"


POOR = Register(
    code="registered-poor",
    title="建档立卡脱贫人口",
    covers=("S-059", "S-060"),
    model=RegisteredPoor,
    rows=listed,
    icon="users",
    unit="人",
    read="person.read",
    help="每年从农业农村部门的名单导入；“没有低保、特困”的，逐户核实是不是漏了。过渡期的起止由标准决定。",
    persons=people_of,
    columns=(
        *WHO,
        Column("year", "名单年度", "number", sortable=True),
        Column(
            "kind",
            "户类型",
            "badge",
            tones={"lifted": "ok", "unstable": "warn", "edge": "warn", "sudden": "bad"},
        ),
        Column("household_no", "户编号", "code", shown=False),
        Column("lifted_in", "脱贫年度", "number"),
        Column("on_dibao", "在享低保", "yes_no"),
        Column("on_tekun", "特困供养", "yes_no"),
        Column("policy", "帮扶政策", read=policy_holds),
    ),
    filters=(
        WHERE,
        Filter("year", "名单年度", "numbers"),
        Filter("kind", "户类型", "choice", options=tuple(Kind.choices)),
        Filter("dibao", "在享低保", "yes_no", "on_dibao"),
        Filter("tekun", "特困供养", "yes_no", "on_tekun"),
        Filter("unknown", "人员库里没有", "yes_no", "person__isnull"),
    ),
    search=SEARCH,
    search_hint=SEARCH_HINT,
    form=Form(
        (
            Section("person", "本人", ASKED),
            Section(
                "list",
                "名单",
                (
                    Question("year", "名单年度", "number", min=2014, max=2100),
                    Question("household_no", "建档立卡户编号", max=20),
                    Question("kind", "户类型", "choice", options=tuple(Kind.choices)),
                    Question("lifted_in", "脱贫年度", "number", min=2014, max=2100, required=False),
                ),
            ),
        )
    ),
    imports=Import(
        key=("id_no", "year"), note="一年一份名单；同一人同一年只写一行，重复导入只更正。", ready=link_person
    ),
)
