"""The first administrators. Afterwards one asks for a role and another grants it; somebody has to be there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from minzheng.foundation.accounts.actions import KEPT_APART
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.accounts.one_time import runs_out_at
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number, tidy
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


@dataclass(frozen=True)
class Administrator:
    """One of the three, as typed by whoever installs."""

    role: Role
    username: str
    name: str
    id_no: str
    password: str = field(repr=False)


@transaction.atomic
def open_first(three: Sequence[Administrator], region: str) -> None:
    """Open the three accounts with their roles. Refused when administrators are already there: then they do it."""
    if Assignment.objects.filter(role__in=KEPT_APART, until__isnull=True).exists():
        raise Refused("已经有管理员了。请由系统管理员开立账号，由安全管理员核准。")
    place = Region.objects.on(dt.date.today()).filter(code=region).first()
    if place is None:
        raise Refused("没有这个区划。请先用 minzheng regions load 导入，再填 12 位代码。")
    numbers = {tidy(one.id_no) for one in three}
    if len(numbers) < len(three) or len({one.username for one in three}) < len(three):
        raise Refused("三位管理员须是不同的人，登录名也不能相同。")
    for one in three:
        try:
            number = parse_id_number(one.id_no, dt.date.today())
        except IdNumberError as wrong:
            raise Refused(f"{one.name}：{wrong}") from None
        person, _ = Person.objects.get_or_create(
            id_no=number.number,
            defaults={
                "name": one.name,
                "sex": number.sex,
                "birth_date": number.birth_date,
                "region": place,
                "hukou_region": place,
            },
        )
        user = User(username=one.username, display_name=one.name, person=person)
        user.set_password(one.password)
        user.one_time_until = runs_out_at()
        user.save()
        held = Assignment.objects.create(user=user, role=one.role, region=place)
        record("account.first", "开立最初的管理员", actor=None, subject=held, region=region)
