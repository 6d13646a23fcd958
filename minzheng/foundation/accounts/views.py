"""Where a visitor lands, and where a user proves again who sits there."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.one_time import last_reset
from minzheng.foundation.accounts.permits import logged_in, public
from minzheng.foundation.accounts.sessions import answer_lock, lock_of, log_ins_of
from minzheng.foundation.audit.record import record


@public("首页只作分流：工作人员去工作台，群众去服务大厅")
def home(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    return redirect("desk:home" if access.is_staff else "portal:home")


@public("忘了密码的人登录不了；这一页只说怎么办")
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do without the password or the telephone; nothing is asked here."""
    return render(request, "account/forgotten.html", {"hours": limit("one_time_password_hours")})


@logged_in("再次验证的是登录者本人，验证后回到原来要做的事")
def prove(request: HttpRequest) -> HttpResponse:
    """Asks who sits there and leads back; an address of another site is never followed."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if question := answer_lock(request, lock_of(request), address=request.get_full_path()):
        return question
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"state": "proved"})
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if is_ours else "home")


@logged_in("只把锁定时间往后推，不显示也不改动任何内容")
@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """Somebody is still at work, though the page has nothing to send (frontend/scripts/session.js)."""
    return JsonResponse({"state": "open", "user": request.user.pk})


@logged_in("只列出登录者本人在各设备上的登录，也只能结束自己的")
def log_ins(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; what is not oneself is ended here (ASVS 5.0 7.4.5)."""
    open_now = log_ins_of(request.user, request.session.session_key or "")  # type: ignore[arg-type]
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        ended = [one for one in open_now if not one.is_this and wanted in {"others", str(one.pk)}]
        for session in UserSession.objects.filter(user_id=request.user.pk, pk__in=[one.pk for one in ended]):
            session.end()
        record("account.end_own_log_ins", "结束自己在其他设备上的登录", actor=request.user, count=len(ended))  # type: ignore[arg-type]
        messages.success(request, f"已结束 {len(ended)} 处登录。若不是您本人登录的，请马上修改密码。")
        return redirect("accounts:log_ins")
    return render(request, "account/log_ins.html", {"log_ins": open_now, "reset": last_reset(request.user)})
