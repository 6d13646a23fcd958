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


def another_person(access: Any, maker: int | None, *others: int | None, did: str, does: str) -> Person:
    """The human being behind the account, who is neither the maker nor one of the others (persons' keys).

    Maker and checker are two people: where nobody knows who made it, nobody may check it. `did` and `does` are the two
    steps in words: 编制, 确认.
    """
    person = person_of(access)
    if maker is None or person.pk in (maker, *others):
        raise _same(did, does)
    return person


def refuse_same_person(access: Any, before: User | None, *, did: str, does: str) -> None:
    """The same where the first step is known by its account."""
    if is_same_person(before, access.user):
        raise _same(did, does)


def _same(did: str, does: str) -> Refused:
    return Refused(f"{did}和{does}不能是同一个人（换账号也不行）。请由另一位同志{does}。")
