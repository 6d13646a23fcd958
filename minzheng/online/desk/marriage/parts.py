"""What the registry's pages share: which registry this officer sits at, forms with uploads, papers by key."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from minzheng.business.marriage.models import Divorce, Registrar, Registration, Registry
from minzheng.foundation.documents.models import Document
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form

TRAIL = ("婚姻登记", "/desk/marriage/")


def registries_of(request: HttpRequest) -> list[Registry]:
    """Where the officer is a qualified registrar today; elsewhere nothing can be registered."""
    access = request.access  # type: ignore[attr-defined]
    held = Registrar.objects.filter(user=access.user).select_related("registry__region")
    mine = {one.registry_id: one.registry for one in held if one.holds_on(access.today)}
    return [one for one in mine.values() if access.may("marriage.write", one.region_id)]


def registry_of(request: HttpRequest) -> Registry:
    """The first of them; most officers have one."""
    mine = registries_of(request)
    if not mine:
        raise PermissionDenied("您现在不是任何登记机关的婚姻登记员。请联系本单位登记任职后再办理。")
    return mine[0]


def colleagues(registry: Registry, request: HttpRequest) -> list[tuple[str, str]]:
    access = request.access  # type: ignore[attr-defined]
    others = registry.registrars.exclude(user=access.user).select_related("user")
    return [(str(one.user_id), str(one.user)) for one in others if one.holds_on(access.today)]


def asked(
    request: HttpRequest,
    questions: tuple[Question, ...],
    prefix: str = "",
    initial: dict[str, Any] | None = None,
) -> QuestionForm:
    """The form, filled from this very request when it was sent with that prefix (or without one)."""
    access = request.access  # type: ignore[attr-defined]
    is_sent = request.method == "POST" and (not prefix or request.POST.get("form") == prefix)
    registry = registries_of(request)
    return django_form(
        questions,
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        today=access.today,
        initial=initial or {},
        uploads=Uploads(access.user, registry[0].region_id if registry else None),
    )


def document(form: QuestionForm, key: str) -> Document | None:
    held = form.answers.get(key) or []
    return Document.objects.filter(pk__in=held).first()


def row_of(request: HttpRequest, pk: int) -> Registration:
    """One act of the user's registries, or 404."""
    rows = Registration.objects.select_related(
        "registry", "man", "woman", "marriage", "registrar", "second", "photo"
    )
    found: Registration = request.access.get("marriage.read", rows, pk=pk)  # type: ignore[attr-defined]
    return found


def divorce_of(request: HttpRequest, pk: int) -> Divorce:
    rows = Divorce.objects.select_related(
        "registry", "man", "woman", "marriage", "registration", "withdrawn_by"
    )
    found: Divorce = request.access.get("marriage.read", rows, pk=pk)  # type: ignore[attr-defined]
    return found
