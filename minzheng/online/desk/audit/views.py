"""The audit trail for those who supervise: who did what to what, when and why."""

from __future__ import annotations

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.record import record
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.paging import page_of
from minzheng.online.ui.forms import PlainForm

KINDS = [("", "全部"), ("write", "办理和修改"), ("read", "查看")]


class Filter(PlainForm):
    """Kept in the address: it holds log-in names and record numbers, never a citizen's name or number."""

    actor = forms.CharField(label="操作人登录名", required=False)
    kind = forms.ChoiceField(label="动作", choices=KINDS, required=False)
    subject_id = forms.CharField(label="记录编号", required=False)
    since = forms.DateField(label="起", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label="止", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def apply(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        asked = self.cleaned_data
        if asked["actor"]:
            entries = entries.filter(actor__username=asked["actor"])
        if asked["kind"]:
            entries = entries.filter(is_read=asked["kind"] == "read")
        if asked["subject_id"]:
            entries = entries.filter(subject_id=asked["subject_id"])
        if asked["since"]:
            entries = entries.filter(at__date__gte=asked["since"])
        if asked["until"]:
            entries = entries.filter(at__date__lte=asked["until"])
        return entries


def subject_of(entry: AuditEntry) -> str:
    """What kind of record the entry is about, in words."""
    try:
        return str(apps.get_model(entry.subject_type)._meta.verbose_name) if entry.subject_type else ""
    except LookupError:
        return entry.subject_type


@permit("audit.read")
def trail(request: HttpRequest) -> HttpResponse:
    """The trail of the own region, newest first. Looking at it is itself recorded."""
    form = Filter(request.GET or None)
    entries = request.access.scope("audit.read", AuditEntry.objects.select_related("actor"), "region")
    if form.is_bound and form.is_valid():
        entries = form.apply(entries)
    page = page_of(request, entries, "id", descending=True, size=50)
    record("audit.read", "查看审计记录", actor=request.user, is_read=True)
    names = dict(Region.objects.filter(code__in={e.region for e in page.rows}).values_list("code", "name"))
    rows = [(entry, subject_of(entry), names.get(entry.region, "")) for entry in page.rows]
    return render(request, "desk/audit/trail.html", {"form": form, "page": page, "rows": rows})
