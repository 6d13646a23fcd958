"""The club's one register."""

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Column, Filter, Import, Register, RowAction, Search
from tests.club.actions import leave
from tests.club.models import Level, Member

MEMBERS = Register(
    code="club",
    title="会员",
    model=Member,
    unit="人",
    columns=(
        Column("name", "姓名", "name", sortable=True),
        Column("card_no", "会员证号", sortable=True),
        Column("level", "级别", "badge", tones={"honorary": "ok"}),
        Column("fee_fen", "年费", "money", sortable=True),
        Column("joined_on", "入会日期", "date", sortable=True),
        Column("phone", "手机号码", "phone"),
        Column("region", "所在村（社区）", "region"),
        Column("note", "备注", shown=False),
        Column("is_active", "在籍", "yes_no"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("level", "级别", "choice"),
        Filter("joined", "入会日期", "dates", "joined_on"),
        Filter("fee", "年费", "money", "fee_fen"),
        Filter("active", "在籍", "yes_no", "is_active"),
    ),
    search=(Search("name"), Search("card_no", "exact")),
    search_hint="姓名或会员证号",
    changeable=lambda member: member.is_active,
    form=Form(
        (
            Section(
                "member",
                "会员",
                (
                    Question("card_no", "会员证号", max=20),
                    Question("name", "姓名", "name"),
                    Question("level", "级别", "choice", options=tuple(Level.choices)),
                    Question("fee_fen", "年费", "money"),
                    Question("joined_on", "入会日期", "date", tense="past"),
                    Question("phone", "手机号码", "phone", required=False),
                    Question("region", "所在村（社区）", "region"),
                    Question("note", "备注", required=False),
                ),
            ),
        )
    ),
    imports=Import(key=("card_no",), note="会员证号相同的视为同一名会员。"),
    actions=(
        RowAction(
            "leave",
            "退会",
            leave,
            permission="register.write",
            confirm="退会后不再收取年费，可以重新入会。",
            questions=(Question("reason", "退会原因"),),
            is_open=lambda member: member.is_active,
            danger=True,
        ),
    ),
)
