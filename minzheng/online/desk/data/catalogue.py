"""数据资源目录 (S-005): what the county knows about whom, from where, how fresh and how good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.datacenter.deliveries.models import Delivery, Match, MatchState, State
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registers import Register
from minzheng.foundation.registers.paging import counted
from minzheng.foundation.registry.words import shelf

READ = "lake.read"
LIBRARIES = ("people", "households")  # before the registers of the lines


@dataclass(frozen=True)
class Fed:
    """A format with its last file of the viewer's counties, if any."""

    form: FileFormat
    last: Delivery | None

    @property
    def tone(self) -> str:
        quality = self.last.quality if self.last else None
        return "neutral" if quality is None else "ok" if quality >= 98 else "warn"


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    may_deliveries = access.may("delivery.read")
    context = {
        "libraries": libraries(access),
        "feeds": feeds(access) if may_deliveries else [],
        "sources": sum(1 for _ in shelf(Source)),
        "may_exchange": access.may("exchange.read"),
        "waiting": access.scope(
            "delivery.read", Match.objects.filter(state=MatchState.OPEN), "person__region_id"
        ).count(),
    }
    return render(request, "desk/data/catalogue.html", context)


def libraries(access: Any) -> list[tuple[Register, tuple[int, bool], str]]:
    """(register, (rows in the viewer's regions, whether more), address) of every subject that is kept."""
    found = []
    for register in sorted(shelf(Register), key=_place):
        if access.may(register.read):
            rows = counted(access.scope(register.read, register.query(), register.region))
            found.append((register, rows, reverse("registers:list", args=(register.code,))))
    return found


def _place(register: Register) -> tuple[int, str]:
    first = LIBRARIES.index(register.code) if register.code in LIBRARIES else len(LIBRARIES)
    return first, register.code


def feeds(access: Any) -> list[Fed]:
    made = access.scope("delivery.read", Delivery.objects.filter(state=State.DONE).select_related("region"))
    last = {one.source: one for one in made.order_by("source", "-month", "-pk").distinct("source")}
    return [Fed(form, last.get(form.code)) for form in shelf(FileFormat)]
