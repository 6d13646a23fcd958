"""网络祭扫: the family opens a page for its dead; whoever has the address lights a candle, lays a flower, leaves words."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.funeral.memorials import family_dead, open_memorial, pay_tribute
from minzheng.business.funeral.models import Memorial, MemorialState, Tribute, TributeKind
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.actions import Refused

WORDS_SHOWN = 50


class OpenForm(forms.Form):
    person = forms.ChoiceField(label="为谁开设")
    story = forms.CharField(
        label="生平与寄语",
        max_length=1000,
        widget=forms.Textarea,
        help_text="不要写身份证号、住址和电话。工作人员看过以后开放。",
    )


class TributeForm(forms.Form):
    kind = forms.ChoiceField(choices=TributeKind.choices)
    words = forms.CharField(max_length=200, required=False)


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    """The family's own pages, and a form for a further one."""
    access = request.access  # type: ignore[attr-defined]
    me = access.user.person
    opened = list(Memorial.objects.filter(opened_by=me).select_related("person").order_by("-pk"))
    with beyond_region("已故家人是同住家庭的成员，只取姓名供本人选择"):
        dead = [
            (str(one.pk), one.name) for one in family_dead(me) if one.pk not in {m.person_id for m in opened}
        ]
    form = OpenForm(request.POST or None)
    form.fields["person"].choices = dead  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        made = Memorial(
            person_id=int(form.cleaned_data["person"]), opened_by=me, story=form.cleaned_data["story"]
        )
        try:
            with beyond_region("为已故家人开设祭扫页面"):
                open_memorial(access, made)
        except ValidationError as refusal:
            form.add_error(None, Refused(refusal.messages))
        else:
            messages.success(request, "已提交。工作人员看过以后开放，网址可以发给亲友。")
            return redirect("portal:memorial", made.token)
    context = {"opened": opened, "dead": dead, "form": form, "back_url": reverse("portal:home")}
    return render(request, "portal/memorial/mine.html", context)


@never_cache
@citizen
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Name, years and words alone: no number, no address. Not open yet, it exists for the family only."""
    access = request.access  # type: ignore[attr-defined]
    me = access.user.person
    with beyond_region("谁有祭扫页面的网址，谁就可以祭扫；只有开放的页面"):
        found = (
            Memorial.objects.filter(Q(state=MemorialState.OPEN) | Q(opened_by=me), token=token)
            .select_related("person")
            .first()
        )
        if found is None:
            raise Http404("没有这个祭扫页面，或者它还没有开放。")
        form = TributeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            tribute = Tribute(memorial=found, by=me, kind=given["kind"], words=given["words"])
            try:
                pay_tribute(access, tribute)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
            else:
                waits = tribute.kind == TributeKind.WORDS
                messages.success(request, "已收到，看过以后显示。" if waits else "已送上，愿逝者安息。")
            return redirect("portal:memorial", token)
        tributes = found.tributes.filter(state=MemorialState.OPEN)
        counts = {
            kind: tributes.filter(kind=kind).count() for kind in (TributeKind.CANDLE, TributeKind.FLOWER)
        }
        words = list(tributes.filter(kind=TributeKind.WORDS).order_by("-pk")[:WORDS_SHOWN])
    context = {
        "memorial": found,
        "candles": counts[TributeKind.CANDLE],
        "flowers": counts[TributeKind.FLOWER],
        "words": words,
        "is_open": found.state == MemorialState.OPEN,
        "back_url": reverse("portal:memorials"),
    }
    return render(request, "portal/memorial/show.html", context)
