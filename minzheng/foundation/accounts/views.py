"""Where a visitor lands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from minzheng.foundation.accounts.permits import public


@public("首页只作分流：工作人员去工作台，群众去服务大厅")
def home(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    return redirect("desk:home" if access.is_staff else "portal:home")
