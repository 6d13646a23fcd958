"""The hall: what can be applied for, and each item's guide. Open to everyone, logged in or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permits import public
from minzheng.foundation.cases.parameters import figures_of
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.items.figures import NATIONWIDE
from minzheng.foundation.registry.words import shelf
from minzheng.online.portal.hall.catalogue import find, items_by_line, promises
from minzheng.online.portal.hall.places import MINE
from minzheng.online.portal.mine import cases_of, consents_waiting_for

LONGEST = 40  # characters of a search


@public("事项目录依法公开，不登录也能看")
def home(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    context: dict[str, object] = {"words": words, "lines": items_by_line()}
    if words:
        return render(request, "portal/found.html", context | {"items": find(words)})
    if request.user.is_authenticated:
        context |= {
            "places": MINE,
            "cases": list(cases_of(request.access)[:5]),  # type: ignore[attr-defined]
            "consents": consents_waiting_for(request.access),  # type: ignore[attr-defined]
        }
    return render(request, "portal/home.html", context)


@public("办事指南依法公开，不登录也能看")
def guide(request: HttpRequest, code: str) -> HttpResponse:
    if code not in shelf(ServiceItem):
        raise Http404("没有这个事项。请回到服务大厅从目录里选择。")
    item = shelf(ServiceItem).get(code)
    here_and_now = figures_of(NATIONWIDE, request.access.today)  # type: ignore[attr-defined]
    return render(
        request, "portal/guide.html", {"item": item, "promises": list(promises(item, here_and_now))}
    )
