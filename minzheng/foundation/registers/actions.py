"""Writes of the generic screens. Each register's own code names the action in the audit trail."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.models import SavedView
from minzheng.foundation.registers.paths import field_at, value_at
from minzheng.foundation.registers.versions import differences, is_current


class Stale(Exception):
    """Someone else changed the row meanwhile. `differences`: what is stored now, and what this user wants."""

    def __init__(self, row: Model, found: list[Any]) -> None:
        super().__init__()
        self.row, self.differences = row, found


def region_of(register: Register, row: Any) -> str:
    """The 12-digit code that scopes the row; "" when it is not known yet."""
    return str(value_at(row, register.region) or "")


def filled(register: Register, row: Model, cleaned: Mapping[str, Any]) -> Model:
    """The row with the form's answers in it; an answer that was not given empties its field."""
    for key in register.questions:
        field = field_at(register.model, key)
        if field is None:
            continue
        value = cleaned.get(key)
        if value is None:
            value = None if field.null else field.get_default()
        elif not field.is_relation:
            value = field.to_python(f"{value}-01" if register.questions[key].kind == "month" else value)
        setattr(row, field.attname, value)
    return row


def save_row(
    access: Access, register: Register, row: Model, cleaned: Mapping[str, Any], version: str = ""
) -> Model:
    """Add or change one row. Raises Refused or ValidationError with what to do, Stale when someone was faster.

    `version`: what versions.version_of said when the form was opened; "" for a new row.
    """
    is_new = row._state.adding
    word = "新增" if is_new else "修改"

    def write(access: Access, subject: Model) -> Model:
        wanted = filled(register, subject, cleaned)
        if not access.may(register.write, region_of(register, wanted)):
            raise Refused("这个村（社区）不在您的辖区内，请选择辖区内的村（社区）。")
        _sign(access, wanted)
        wanted.full_clean()
        wanted.save()
        return wanted

    save = action(
        f"{register.code}.{'add' if is_new else 'change'}",
        f"{word}{register.title}",
        region=lambda subject: region_of(register, subject),
        persons=lambda subject: register.persons([subject]),
    )(write)
    with transaction.atomic():
        if not is_new:
            row = register.model._default_manager.select_for_update().get(pk=row.pk)
            access.require(register.write, region_of(register, row))
            if not is_current(register, row, version):
                wanted = filled(register, copy.copy(row), cleaned)
                raise Stale(row, differences(register, row, wanted))
        return save(access, row)


def _sign(access: Access, row: Any) -> None:
    """A new row of a model with a `maker` names who wrote it: somebody else will have to check it."""
    if row._state.adding and any(field.name == "maker" for field in row._meta.concrete_fields):
        row.maker = person_of(access)


def reveal(access: Access, register: Register, row: Model, reason: str) -> None:
    """Show whole numbers once, for a reason that stays in the audit trail."""
    reason = " ".join(reason.split())
    if len(reason) < 4:
        raise Refused("请写明查看完整号码的事由（至少4个字），如“核对银行退票”。")
    access.require(register.reveal, region_of(register, row))
    record(
        f"{register.code}.reveal",
        f"查看{register.title}完整号码",
        actor=access.user,
        subject=row,
        persons=register.persons([row]),
        region=region_of(register, row),
        reason=reason[:200],
        is_read=True,
    )


@action("view.save", "保存常用视图", region=lambda view: view.shared_with_id or "")
def save_view(access: Access, view: SavedView) -> None:
    """Keep filters and columns under a name; one's own view of the same name is replaced."""
    if not view.title:
        raise Refused("请给这个视图起个名字，如“本镇80岁以上”。")
    same = SavedView.objects.filter(owner=access.user, register=view.register, title=view.title).first()
    if same is not None:
        view.pk, view.created_at = same.pk, same.created_at
    view.save(force_update=same is not None)


@action("view.drop", "删除常用视图", region=lambda view: view.shared_with_id or "")
def drop_view(access: Access, view: SavedView) -> None:
    SavedView.objects.filter(
        pk=view.pk
    ).delete()  # view.delete() would forget the key that the audit entry needs
