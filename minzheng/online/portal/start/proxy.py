"""Filling in for somebody else (亲友代办): who they are, and by what right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.forms import Question
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

RELATIONS = ("配偶", "父母", "子女", "其他亲属", "村（社区）协理员", "邻居或朋友")
QUESTIONS = (
    Question("name", "申请人姓名", "name", hint="要享受这个事项的人，与身份证上一致。", page="您替谁申请？"),
    Question("id_no", "申请人身份证号", "id_no", hint="18位，最后一位可以是X。", page="您替谁申请？"),
    Question(
        "agent_relation",
        "您是申请人的什么人？",
        "choice",
        options=tuple((one, one) for one in RELATIONS),
        page="您替谁申请？",
    ),
    Question(
        "letter",
        "委托书照片",
        "files",
        required=False,
        hint="申请人签名的委托书拍照上传。现在没有，也可以先填写，受理前补上。",
        page="您替谁申请？",
    ),
)


@dataclass(frozen=True)
class Agent:
    """By what right somebody fills in for another: the relation, and document ids of the signed letter."""

    relation: str
    letter: tuple[int, ...] = ()


def person_applied_for(access: Access, answers: dict[str, Any], region: Region) -> Person:
    """The person's record, by identity number and name; a new one when nobody has that number yet."""
    read = parse_id_number(answers["id_no"], access.today)
    found = person_with(read.number)
    if found is None:
        with beyond_region("代办人为还没有档案的申请人建档，建档后看不到别的"):
            found = Person.objects.create(
                id_no=read.number,
                name=answers["name"],
                sex=read.sex,
                birth_date=read.birth_date,
                region=region,
            )
        record(
            "person.register",
            "代办登记人员",
            actor=access.user,
            subject=found,
            persons=[found.pk],
            region=region.code,
        )
    elif found.name != answers["name"]:
        raise Refused("姓名和身份证号对不上，请对照申请人的身份证再核对一遍。")
    elif not found.is_alive_on(access.today):
        raise Refused("这位申请人已登记死亡，不能再申请。如登记有误，请到乡镇（街道）便民窗口更正。")
    return found
