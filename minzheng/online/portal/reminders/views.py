"""短信提醒: what was sent to my phone, and whether I want any."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.reminders.actions import decline, has_declined, want
from minzheng.foundation.reminders.models import Sms
from minzheng.foundation.reminders.registers import TONES

SHOWN = 30


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    me = access.user.person
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        (want if wants else decline)(access, me)
        messages.success(request, "已打开短信提醒。" if wants else "已关闭，以后不再给您发短信。")
        return redirect("portal:reminders")
    sent = Sms.objects.filter(person=me).order_by("-made_at", "-pk")[:SHOWN]
    context = {
        "sent": [(one, TONES[one.state]) for one in sent],  # type: ignore[index]
        "has_declined": has_declined(me),
        "is_connected": bool(settings.SMS_CHANNEL),
        "back_url": reverse("portal:bookings"),
    }
    return render(request, "portal/reminders/mine.html", context)
