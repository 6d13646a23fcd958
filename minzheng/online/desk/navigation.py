"""The desk's menu: each officer sees the places that the own roles open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Role
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.services.models import Contract, Order, Worker


@dataclass(frozen=True)
class Place:
    """One line of the menu, and the permission that shows it."""

    title: str
    route: str
    icon: str
    permission: str
    args: tuple[str, ...] = ()
    used_by: Callable[[Access], bool] | None = (
        None  # asked of an institution's account: has it this work at all?
    )


def _runs(*kinds: str) -> Callable[[Access], bool]:
    return lambda access: access.own(Facility.objects.filter(kind__in=kinds, closed_on=None)).exists()


def _serves(access: Access) -> bool:
    """A provider of services: with a contract, with workers, or with an order that was sent to it."""
    tables = (Contract.objects.all(), Worker.objects.all(), Order.objects.all())
    return any(access.own(rows, "provider_id").exists() for rows in tables)


FITS = 16  # lines of a menu that are seen without scrolling
MENU: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("今日工作", "desk:home", "home", "desk.open"),
            Place("待办", "desk:todo", "inbox", "case.handle"),
            Place("已办", "desk:done", "checklist", "case.handle"),
            Place("督办", "desk:watched", "eye", "case.oversee"),
            Place("走访", "field:today", "route", "task.handle"),
            Place(
                "殡葬服务", "desk:funeral:index", "grave", "funeral.counter", used_by=_runs("funeral_home")
            ),
            Place("救助管理", "desk:rescue:index", "lifebuoy", "rescue.read"),
            Place("街面巡查", "desk:rescue:patrols", "route", "rescue.patrol"),
            Place("婚姻登记", "desk:marriage:index", "heart", "marriage.read"),
            Place("收养登记", "desk:adoption:index", "home-heart", "adoption.read"),
            Place("收养评估", "desk:adoption:evaluations", "users", "adoption.evaluate"),
            Place("收养档案查阅", "desk:adoption:unsealings", "shield-lock", "adoption.unseal"),
            Place("预约名单", "desk:bookings", "calendar-event", "booking.handle"),
            Place("我的机构", "desk:homes:own", "building", "institution.work", used_by=_runs("elder_home")),
            Place("上门服务", "provider:today", "heart-handshake", "institution.work", used_by=_serves),
            Place("日间照料", "desk:day_cares", "soup", "institution.work", used_by=_runs("day_care")),
            Place("服务调度", "desk:dispatch", "bell-ringing", "service.order"),
            Place("代为申请", "desk:intake", "user-plus", "case.window"),
        ),
    ),
    (
        "台账",
        (
            Place("全部台账", "registers:index", "table", "register.read"),
            Place("儿童台账", "registers:index", "heart-handshake", "child.read"),
            Place("设施地图", "desk:map", "map", "register.read"),
            Place("查人查户", "desk:search", "search", "person.read"),
            Place("基本养老服务", "desk:elder_basics", "old", "register.read"),
            Place("日间照料", "desk:day_cares", "soup", "register.read"),
            Place("综合监管", "desk:oversight", "shield-check", "register.read"),
            Place("行动", "desk:programmes:index", "flag", "programme.read"),
            Place("等级评定", "desk:ratings:index", "award", "rating.read"),
            Place("导出核准", "registers:approvals", "file-export", "export.approve"),
            Place("证照同步制发", "desk:certificates_synchronous", "certificate", "certificate.write"),
            Place("打印证照", "desk:certificates_print", "printer", "certificate.write"),
        ),
    ),
    (
        "监测",
        (
            Place("动态清零", "desk:clearing", "checklist", "statistics.read"),
            Place("监测预警", "desk:signals", "bell", "task.read"),
            Place("低收入人口库", "registers:list", "database", "task.read", ("low-income",)),
            Place("困难人群", "desk:groups", "users-group", "task.read"),
            Place("摸排", "desk:sweeps", "route", "task.read"),
        ),
    ),
    (
        "资金",
        (
            Place("发放批次", "desk:payments:batches", "cash", "payment.read"),
            Place("月度平账", "desk:payments:proof", "scale", "payment.read"),
            Place("资金下达与结余", "desk:payments:funds", "building-bank", "payment.read"),
            Place("资金账", "desk:payments:ledger", "coins", "payment.read"),
            Place("一次性发放", "desk:oneoffs:index", "receipt", "one_off.read"),
            Place("提标重算", "desk:uprating:index", "trending-up", "uprating.read"),
            Place("养老机构补贴", "desk:homes:subsidies", "building", "one_off.read"),
            Place("服务结算", "desk:services:settlements", "heart-handshake", "payment.read"),
            Place("备用金", "desk:reserves:index", "wallet", "reserve.read"),
            Place("追回", "desk:payments:recoveries", "arrow-back-up", "payment.read"),
        ),
    ),
    (
        "数据",
        (
            Place("数据资源", "desk:data:catalogue", "folder", "lake.read"),
            Place("部门数据", "desk:data:deliveries", "file-import", "delivery.read"),
            Place("数据湖", "desk:data:lake", "layout-grid", "lake.read"),
            Place("共享目录", "desk:sources", "arrows-exchange", "exchange.read"),
        ),
    ),
    (
        "统计",
        (
            Place("辖区概览", "cockpit:overview", "chart-bar", "statistics.read"),
            Place("标准测算", "cockpit:simulations", "adjustments", "statistics.read"),
            Place("相对贫困研究", "registers:list", "chart-line", "statistics.read", ("relative-studies",)),
            Place("指标", "desk:indicators:index", "chart-line", "statistics.read"),
            Place("目标任务", "desk:targets:index", "flag", "statistics.read"),
            Place("统计月报", "desk:statistics:index", "file-text", "statistics.read"),
        ),
    ),
    (
        "管理",
        (
            Place("账号与任职", "desk:accounts", "users", "account.read"),
            Place("开放接口", "clients:clients", "arrows-exchange", "api.client"),
            Place("审计记录", "desk:audit", "shield-check", "audit.read"),
            Place("备份与恢复", "desk:upkeep", "database", "upkeep.read"),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav_groups` for the staff layout. Lazy: pages of the portal never pay for it."""
    return {"nav_groups": lambda: groups(request)}


def groups(request: HttpRequest) -> list[dict[str, Any]]:
    access = getattr(request, "access", None)
    if access is None or not access.is_staff:
        return []
    here = _current(request.path)
    found = []
    for title, places in MENU:
        lines = [
            {"title": place.title, "url": url, "icon": place.icon, "current": url == here}
            for place in places
            if access.may(place.permission) and _is_used(access, place) and (url := _address(place))
        ]
        if lines:
            found.append({"title": title, "items": lines, "is_open": any(one["current"] for one in lines)})
    # A long menu would hide its end below the screen: then only the group in use is open.
    if sum(len(group["items"]) for group in found) <= FITS:
        found = [group | {"is_open": True} for group in found]
    return found


def _is_used(access: Access, place: Place) -> bool:
    """An account of one institution sees its own trade, not that of every institution."""
    return place.used_by is None or access.roles != {Role.INSTITUTION} or place.used_by(access)


def _address(place: Place) -> str:
    """A part that is not installed here has no line in the menu."""
    try:
        return reverse(place.route, args=place.args)
    except NoReverseMatch:
        return ""


def _current(path: str) -> str:
    """The menu line that the page belongs to: the longest address that its own begins with.

    A case belongs to the to-do list; the first page is only itself, although every address begins with its own.
    """
    first, cases = reverse("desk:home"), reverse("desk:todo")
    if path.startswith(f"{first}cases/"):
        return cases
    addresses = [_address(place) for _, places in MENU for place in places]
    here = max((a for a in addresses if a and path.startswith(a)), key=len, default="")
    return here if here != first or path == first else ""
