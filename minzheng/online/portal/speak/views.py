"""我要反映困难、帮邻居反映: a citizen says who needs help; somebody comes and looks (自主申报)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from minzheng.datacenter.leads.actions import LeadDraft, say_lead
from minzheng.datacenter.leads.models import Lead, Need
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.portal.apply.places import places_near

OWN, OTHER = "own", "other"
SHOWN = 20
FOR_OTHER = when("who", OTHER)
QUESTIONS = (
    Question("who", "谁有困难？", "choice", options=((OWN, "我自己家"), (OTHER, "邻居或别人"))),
    Question(
        "name", "他（她）叫什么？", "name", hint="不知道全名的，写大家怎么称呼。", show_if=FOR_OTHER, max=60
    ),
    Question("knows", "他（她）知道您帮忙反映吗？", "yes_no", show_if=FOR_OTHER),
    Question("region", "住在哪个村（社区）？", "region"),
    Question("address", "具体住址", "text", required=False, hint="写到村民小组或门牌号。", max=120),
    Question("phone", "怎么联系您？", "phone", hint="工作人员上门前可能给您打电话。"),
    Question("need", "主要是哪方面的困难？", "choice", options=tuple(Need.choices)),
    Question(
        "story", "请简单说说", "long_text", hint="几句话就行：家里怎么样，现在最难的是什么。", min=2, max=500
    ),
)


@citizen
def speak(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    own = access.user.person
    data = request.POST if request.method == "POST" else None
    initial = {"region": own.region_id, "phone": own.phone, "address": own.address}
    form = django_form(
        QUESTIONS, data, initial=initial, places=places_near(own.region_id, access.today), today=access.today
    )
    if data is not None and form.is_valid():
        said = form.answers
        region = get_object_or_404(Region.objects.on(access.today), code=said["region"], level=Level.VILLAGE)
        is_own = said["who"] == OWN
        homes = Household.objects.filter(memberships__person=own, memberships__until=None)
        draft = LeadDraft(
            name=own.name if is_own else said["name"],
            need=said["need"],
            story=said["story"],
            address=said.get("address", ""),
            phone=said["phone"],
            knows=is_own or said.get("knows", False),
            person=own if is_own else None,
            household=homes.first() if is_own else None,
        )
        try:
            say_lead(access, region, draft)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "已收到。村（社区）会派人上门看看；处理到哪一步，可以在这里查。")
            return redirect("portal:speak")
    leads = Lead.objects.filter(reported_by=access.user).select_related("region").order_by("-id")[:SHOWN]
    context = {"form": form, "leads": leads, "back_url": reverse("portal:home")}
    return render(request, "portal/speak/speak.html", context, status=422 if form.errors else 200)
