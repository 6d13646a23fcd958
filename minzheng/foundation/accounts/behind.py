"""The human being behind an account: maker and checker are two people, not two accounts."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.models import Person


def person_of(access: Any) -> Person:
    """Refused for an account that stands for nobody: money and rights are handled by people."""
    if access.user is None or access.user.person is None:
        raise Refused("这个账号没有绑定本人，不能办理。请联系系统管理员绑定后再办。")
    person: Person = access.user.person
    return person


def is_same_person(one: User | None, other: User | None) -> bool:
    """Judged by the human being, not by the account; nobody (the system) is nobody's twin."""
    if one is None or other is None:
        return False
    return one.pk == other.pk or (one.person_id is not None and one.person_id == other.person_id)
