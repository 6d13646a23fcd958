"""综合监管: the credit of every home, what took points from it, the draw of the next inspections, penalties."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.business.elderly.oversight.actions import KIND, draw, punish
from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.business.elderly.oversight.models import Inspection, Penalty
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.ui.deeds import Deed, DeedForms, by_name

TONES = {"A": "ok", "B": "info", "C": "warn", "D": "bad"}
TRAIL = ("综合监管", "/desk/oversight/")
DRAW = Deed(
    "draw",
    "抽取检查对象和人员",
    "home.file",
    by_name(draw),
    questions=(
        Question("count", "抽几家", "number", min=1, max=100),
        Question("due_on", "哪天以前检查完", "date", tense="future"),
    ),
    lead="机构和人员都由系统抽签；信用越低，抽中的机会越大。抽签号可以复核。",
    done="已抽取。请按名单检查，由抽中的人员登记结果。",
)
PENALTY = (
    Question("number", "决定书文号", max=60),
    Question("kind", "种类", "choice", options=tuple(Penalty.Kind.choices)),
    Question("reason", "违法事实", "long_text", min=2, max=200, hint="会公示，不写老人姓名。"),
    Question("basis", "依据", max=120, hint="如：养老机构管理办法 第四十六条。"),
    Question("fine_fen", "罚款金额", "money", min=1, show_if=when("kind", "fine")),
    Question("decided_on", "决定日期", "date", tense="past"),
)
PUNISH = Deed(
    "punish",
    "登记行政处罚",
    "home.file",
    by_name(punish),
    questions=PENALTY,
    done="已登记，公示期内群众可以查到。",
)


@permit("register.read")
def board(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    homes = list(
        access.scope("register.read", Facility.objects.on(access.today).filter(kind=KIND))
        .select_related("region", "home")
        .order_by("region_id", "pk")[:500]
    )
    credit = credit_of(homes, access.today)
    county = counties_of(access, "home.file").first()
    deeds = DeedForms(request, (DRAW,) if county else (), county, county.code if county else "")
    if county is not None and deeds.done():
        return redirect("registers:list", "home-inspections")
    waiting = access.scope("register.read", Inspection.objects.filter(done_on=None))
    rows = sorted(((home, credit[home.pk]) for home in homes), key=lambda row: (row[1].points, row[0].pk))
    context = {
        "rows": [(home, one, TONES[one.grade]) for home, one in rows],
        "counts": [(grade, sum(one.grade == grade for _, one in rows), TONES[grade]) for grade in TONES],
        "waiting": waiting.select_related("facility", "first", "second").order_by("due_on", "pk")[:30],
        "deeds": deeds, "today": access.today, "may_punish": county is not None,
    }  # fmt: skip
    return render(request, "desk/elders/oversight.html", context, status=422 if deeds.posted else 200)


@permit("home.file")
def penalty(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    home = access.get("home.file", Facility.objects.filter(kind=KIND), pk=pk)
    deeds = DeedForms(request, (PUNISH,), home, home.region_id)
    if deeds.done():
        return redirect("desk:oversight")
    context = {"home": home, "deeds": deeds, "trail": [TRAIL, ("登记行政处罚", "")]}
    return render(request, "desk/elders/penalty.html", context, status=422 if deeds.posted else 200)
