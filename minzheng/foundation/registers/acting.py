"""One action over one row or over many: each row by itself, so that one refusal does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.registers.actions import region_of
from minzheng.foundation.registers.declaration import Register, RowAction
from minzheng.foundation.registers.listing import Listing

MOST = 20_000
LISTED = 100


@dataclass
class Outcome:
    """What became of the rows: how many went through, and why the others did not."""

    done: int = 0
    refused: int = 0
    reasons: list[dict[str, str]] = field(default_factory=list)  # the first ones: {"key": …, "text": …}

    def refuse(self, key: Any, text: str) -> None:
        self.refused += 1
        if len(self.reasons) < LISTED:
            self.reasons.append({"key": str(key), "text": text})


def chosen_keys(listing: Listing, keys: Sequence[str], everything: bool) -> list[Any]:
    """Keys of the chosen rows that the user may see, at most MOST + 1 of them."""
    rows = listing.rows if everything else listing.in_scope.filter(pk__in=_valid(listing, keys))
    return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST + 1])


def act_on(
    access: Access, register: Register, row_action: RowAction, key: Any, record: Mapping[str, Any]
) -> str:
    """Do it to one row; returns "" or why not. The row is locked, so that two clicks do not do it twice."""
    scoped = access.scope(register.read, register.query(), register.region)
    try:
        with transaction.atomic():
            row = scoped.select_for_update(of=("self",)).filter(pk=key).first()
            if row is None:
                return "这条记录已不在您的辖区内。"
            if not access.may(row_action.permission, region_of(register, row)):
                return "您在这条记录所在的区域没有办理权限。"
            if not row_action.is_open(row):
                return f"现在不能“{row_action.title}”，可能已经办过。"
            row_action.run(access, row, **record)
    except ValidationError as refused:
        return " ".join(refused.messages)
    except PermissionDenied as denied:
        return str(denied)
    return ""


def _valid(listing: Listing, keys: Sequence[str]) -> list[Any]:
    """Keys as the database holds them; what is no key at all is dropped."""
    found = []
    for key in keys[:MOST]:
        try:
            found.append(listing.register.model._meta.pk.to_python(key))
        except ValidationError:
            continue
    return found
