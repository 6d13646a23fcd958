"""One row: its facts, what belongs to it, its history. Every look is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.foundation.audit.record import record_read
from minzheng.foundation.registers.actions import region_of, reveal
from minzheng.foundation.registers.columns import cell
from minzheng.foundation.registers.declaration import MASKED_KINDS, Block, Register, Related
from minzheng.foundation.registers.history import changes
from minzheng.foundation.registers.views.routes import register_of, registered, row_of, trail


@never_cache
@registered("read")
def show(request: HttpRequest, register: Register, key: str) -> HttpResponse:
    row = row_of(request, register, key)
    if persons := list(register.persons([row])):
        record_read(
            f"查看{register.title}",
            actor=request.access.user,  # type: ignore[attr-defined]
            subject=row,
            persons=persons,
            region=region_of(register, row),
        )
    return render(request, "registers/detail.html", context_of(request, register, row))


@require_POST
@never_cache
@registered("reveal")
def show_revealed(request: HttpRequest, register: Register, key: str) -> HttpResponse:
    """The same page with whole numbers, in the answer to this one request only."""
    row = row_of(request, register, key)
    try:
        reveal(request.access, register, row, request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except ValidationError as refused:
        context = context_of(request, register, row) | {"reveal_error": " ".join(refused.messages)}
        return render(request, "registers/detail.html", context, status=422)
    return render(request, "registers/detail.html", context_of(request, register, row, revealed=True))


def context_of(
    request: HttpRequest, register: Register, row: Any, *, revealed: bool = False
) -> dict[str, Any]:
    access = request.access  # type: ignore[attr-defined]
    region = region_of(register, row)
    details = register.details or (Block(register.title, register.columns),)
    hides = any(column.kind in MASKED_KINDS for part in details for column in part.columns)
    return {
        "register": register,
        "row": row,
        "name": register.name(row),
        "links": list(register.links(row)),
        "parts": [part_of(part, row, access.today, revealed) for part in details],
        "revealed": revealed,
        "changes": changes(register, row),
        "trail": trail(register, (register.name(row), "")),
        "may_write": register.form is not None
        and register.changeable(row)
        and access.may(register.write, region),
        "may_reveal": hides and not revealed and access.may(register.reveal, region),
        "actions": [a for a in register.actions if access.may(a.permission, region) and a.is_open(row)],
    }


def part_of(part: Block | Related, row: Any, today: dt.date, revealed: bool) -> dict[str, Any]:
    """One titled part, as the template needs it."""
    if isinstance(part, Block):
        return {
            "title": part.title,
            "cells": [cell(column, row, revealed=revealed) for column in part.columns],
        }
    rows = [
        {
            "cells": [cell(column, one, revealed=revealed) for column in part.columns],
            "url": _address(part, one),
        }
        for one in part.rows(row, today)
    ]
    return {"title": part.title, "columns": part.columns, "rows": rows, "empty": part.empty}


def _address(part: Related, one: Any) -> str:
    """Where a related row leads; "" where it leads nowhere."""
    if not part.register:
        return ""
    return reverse(
        "registers:detail",
        args=[register_of(part.register).code, part.target(one) if part.target else one.pk],
    )
