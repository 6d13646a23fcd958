"""Preferences of the screen, and the gallery of its components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import public
from minzheng.online.ui import gallery
from minzheng.online.ui.context import THEMES

ONE_YEAR = 365 * 24 * 3600
CHOICES = {"theme": set(THEMES), "elder": {"0", "1"}}


@public("深浅色和长辈版只改变本机显示，不涉及任何数据")
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Keeps one choice in a cookie and returns to the page it came from."""
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    if value not in CHOICES.get(name, ()):
        return HttpResponseBadRequest("没有这个显示选项。请返回上一页，重新点选。")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(name, value, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@public("组件样例页，只在演示或开发时打开，数据都是虚构的")
def components(request: HttpRequest) -> HttpResponse:
    """Every component with realistic, invented data."""
    if not (settings.DEBUG or settings.DEMO or settings.TESTING):
        raise Http404
    layout = request.GET.get("layout", "desk")
    if layout not in gallery.LAYOUTS:
        raise Http404("没有这种版式。请从样例页顶部选择。")
    return render(request, f"ui/gallery/{layout}.html", gallery.context(request))
