"""Handing in papers that no other office can give us, one kind a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.cases.drafts import add_material, remove_material
from minzheng.foundation.documents.models import Document
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.online.portal.apply.addresses import RETURNS
from minzheng.online.portal.mine import my_draft


@citizen
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, number: str, key: str) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    case = my_draft(request, number)
    material = next((one for one in case.service_item.materials if one.key == key), None)
    if material is None:
        raise Http404("这个事项不需要这种材料。请回到填写进度查看材料清单。")
    before = list(case.materials.filter(key=key).values_list("document_id", flat=True))
    asked = Question(
        key, material.title, "files", required=material.required, hint="手机拍的照片或 PDF，可以选几张。"
    )
    posted = request.method == "POST"
    form = django_form(
        (asked,),
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={key: before},
        today=access.today,
        uploads=Uploads(access.user, case.region_id),
        partial="leave" in request.POST,
    )
    if posted and form.is_valid():
        kept = form.answers.get(key, [])
        for document in Document.objects.filter(pk__in=set(kept) - set(before)):
            add_material(access, case, key, document)
        for document in Document.objects.filter(pk__in=set(before) - set(kept)):
            remove_material(access, case, key, document)
        return redirect(RETURNS.get(request.GET.get("back", ""), "portal:tasks"), number)
    context = {
        "case": case,
        "material": material,
        "form": form,
        "back_url": reverse("portal:tasks", args=[number]),
    }
    return render(request, "portal/apply/paper.html", context)
