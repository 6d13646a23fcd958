"""What the first page shows, each part for the roles that have it. Every part is one query, however large the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.urls import reverse

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.cases.api import todo, visible, watched
from minzheng.foundation.cases.models import Lamp
from minzheng.foundation.items import Status
from minzheng.foundation.tasks import lists as tasks
from minzheng.foundation.tasks.waiting import Waiting, waiting
from minzheng.online.desk.navigation import groups
from minzheng.online.ui.formats import big_number, money


@dataclass(frozen=True)
class Tile:
    """One number, what it counts, and where the list behind it is."""

    label: str
    number: str
    unit: str = ""
    note: str = ""
    url: str = ""


def work_tiles(request: HttpRequest) -> list[Tile]:
    """How much waits, and how much of it is urgent."""
    access = request.access  # type: ignore[attr-defined]
    return case_tiles(access) + task_tiles(access) + line_tiles(request, access)


def line_tiles(request: HttpRequest, access: Access) -> list[Tile]:
    """What a line says of this morning (bookings, bodies in the home), of the pages that are in one's menu."""
    menu = {line["url"] for group in groups(request) for line in group["items"]}
    return [
        Tile(one.title, big_number(number), one.unit, one.note, _list_behind(one))
        for one, number in waiting(access)
        if one.register or _list_behind(one) in menu
    ]


def _list_behind(one: Waiting) -> str:
    if one.page:
        return reverse(one.page)
    return f"{reverse('registers:list', args=[one.register])}{f'?{one.query}' if one.query else ''}"


def case_tiles(access: Access) -> list[Tile]:
    """Cases that wait for me, and how near their limit they are."""
    if not access.may("case.handle"):
        return []
    by_lamp = dict(todo(access).order_by().values_list("lamp").annotate(n=Count("pk")))
    here = reverse("desk:todo")
    tiles = [
        Tile("等我办理", str(sum(by_lamp.values())), "件", url=here),
        Tile("临近时限", str(by_lamp.get(Lamp.AMBER, 0)), "件", url=f"{here}?lamp={Lamp.AMBER}"),
        Tile("已超时", str(by_lamp.get(Lamp.RED, 0)), "件", url=f"{here}?lamp={Lamp.RED}"),
    ]
    if access.may("case.oversee"):
        tiles.append(
            Tile("督办", str(watched(access).count()), "件", "辖区内临近或超时", reverse("desk:watched"))
        )
    return tiles


def task_tiles(access: Access) -> list[Tile]:
    """Visits and other tasks: one's own, and those that are overdue where one oversees."""
    if not access.may("task.handle"):
        return []
    late = Count("pk", filter=Q(due_on__lt=access.today))
    mine = tasks.to_do(access).order_by().aggregate(all=Count("pk"), late=late)
    note = f"其中超期 {mine['late']} 项" if mine["late"] else ""
    tiles = [Tile("走访", big_number(mine["all"]), "项", note, reverse("field:today"))]
    if access.may("task.oversee"):
        overdue = f"{reverse('registers:list', args=['tasks'])}?overdue=True&sort=due_on"
        tiles.append(
            Tile("任务督办", big_number(tasks.watched(access).count()), "项", "辖区内超期未办", overdue)
        )
    return tiles


def region_tiles(access: Access) -> list[Tile]:
    """How the region stands: open cases, families and money of this month."""
    if not access.may("case.read"):
        return []
    finished = [status.value for status in Status if status.is_final]
    settled = [*finished, Status.DRAFT, Status.ACTIVE]
    opened = visible(access).exclude(status__in=settled).count()
    rights = access.scope("case.read", Entitlement.objects.filter(state__in=[State.ACTIVE, State.EXITING]))
    month = month_of(access.today)
    current = EntitlementAmount.objects.filter(
        Q(until_month__isnull=True) | Q(until_month__gte=month), from_month__lte=month, superseded_at=None
    )
    paid = access.scope("case.read", current, "entitlement__region_id").aggregate(fen=Sum("amount_fen"))[
        "fen"
    ]
    return [
        Tile("正在办理", big_number(opened), "件"),
        Tile("正在享受待遇", big_number(rights.count()), "户（人）"),
        Tile("本月应发", money(paid or 0)),
    ]


def first_places(request: HttpRequest) -> list[tuple[str, list[dict[str, Any]]]]:
    """The places of the menu but this one, by their groups, for officers who handle no cases."""
    found = [
        (group["title"], [line for line in group["items"] if not line["current"]])
        for group in groups(request)
    ]
    return [(title, lines) for title, lines in found if lines]
