"""The components of every page: `{% load ui %}`. docs/screens.md shows each; /ui/ shows them live."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.messages import constants
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from minzheng.foundation.idempotency.once import FIELD, new_key
from minzheng.foundation.people import masking
from minzheng.online.ui import formats, lamps

register = template.Library()

for name in (
    "money", "big_number", "cn_date", "cn_datetime", "cn_month",
):  # fmt: skip
    register.filter(name, getattr(formats, name))
for name, mask in {
    "mask_id": masking.mask_id_no,
    "mask_birth": masking.mask_birth_date,
    "mask_phone": masking.mask_phone,
    "mask_account": masking.mask_account,
    "mask_name": masking.mask_name,
}.items():
    register.filter(name, mask)

TONE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
    "info": "info-circle",
    "neutral": "info-circle",
}
MESSAGE_TONES = {
    constants.DEFAULT_TAGS[constants.SUCCESS]: "ok",
    constants.DEFAULT_TAGS[constants.WARNING]: "warn",
    constants.DEFAULT_TAGS[constants.ERROR]: "bad",
}


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads; the template escapes it."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def message_tone(level_tag: str) -> str:
    """The tone of a Django message."""
    return MESSAGE_TONES.get(level_tag, "info")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite (frontend/icons.txt). Give a label only where no text stands beside it."""
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def badge(text: str, tone: str = "neutral") -> SafeString:
    """A state in words on its tone: ok, warn, bad, info, neutral."""
    return format_html('<span class="badge tone-{}">{}</span>', tone, text)


@register.simple_tag
def clock(
    remaining: int | None, limit: int | None = None, unit: str = "个工作日", paused: bool = False
) -> SafeString:
    """The lamp of a legal clock: green, amber, red, and the same in words."""
    shown = lamps.lamp(remaining, limit, unit, paused=paused)
    return format_html('<span class="lamp tone-{}">{}{}</span>', shown.tone, icon(shown.icon), shown.text)


@register.simple_tag
def once_key() -> SafeString:
    """Beside `{% csrf_token %}` in every form whose view is `@keyed`: a second click then has no second effect."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> str:
    """`{% alert "warn" "标题" %}…{% endalert %}`"""
    context = {"content": content, "tone": tone, "title": title, "icon_name": TONE_ICONS[tone]}
    return render_to_string("ui/components/alert.html", context)


@register.simple_block_tag(takes_context=True)
def dialog(
    context: template.Context, content: str, id: str, title: str, action: str = "", button: str = "确认", danger: bool = False
) -> str:  # fmt: skip
    """A confirmation that posts to `action`; `{% dialog_button id label %}` opens it."""
    values = {
        "id": id,
        "title": title,
        "content": content,
        "action": action,
        "button": button,
        "danger": danger,
    }
    return render_to_string("ui/components/dialog.html", values, request=context.get("request"))


@register.simple_tag
def dialog_button(id: str, label: str, style: str = "") -> SafeString:
    """Opens the dialog of that id; without scripts the link shows it in place."""
    return format_html(
        '<a class="btn {}" href="#{}" role="button" data-opens-dialog="{}">{}</a>', style, id, id, label
    )


@register.inclusion_tag("ui/components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """Progress of a case: items with title, state (done, now, next), note."""
    return {"items": items}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened: entries with title, when (datetime), who, text, tone."""
    return {"entries": entries}


@register.inclusion_tag("ui/components/details.html")
def details(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A list of (label, value); an empty value reads 未填."""
    return {"rows": rows}


@register.inclusion_tag("ui/components/answers.html")
def answers(rows: Iterable[tuple[str, Any, str]]) -> dict[str, Any]:
    """Check your answers: (question, answer, address of the page that changes it)."""
    return {"rows": rows}


@register.inclusion_tag("ui/components/empty.html")
def empty(
    title: str, text: str = "", icon_name: str = "inbox", url: str = "", action: str = ""
) -> dict[str, Any]:
    """What to say where a list has nothing, and what one can do."""
    return {"title": title, "text": text, "icon_name": icon_name, "url": url, "action": action}


@register.inclusion_tag("ui/components/tile.html")
def tile(
    label: str, number: Any, unit: str = "", note: str = "", url: str = "", trend: str = "", good: bool = True
) -> dict[str, Any]:
    """One number. `trend` is up, down or empty; `good` says whether that is welcome."""
    arrow = {"up": "trending-up", "down": "trending-down"}.get(trend, "")
    return {
        "label": label,
        "number": number,
        "unit": unit,
        "note": note,
        "url": url,
        "arrow": arrow,
        "good": good,
    }


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Where one is: (title, url), the last without url."""
    return {"trail": trail}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Any], label: str = "视图") -> dict[str, Any]:
    """Links to sibling views: items with title, url, count, current."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Page numbers that keep the filters of the address. `page` is a page of Django's Paginator."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "prefix": f"?{query.urlencode()}&{name}=" if query else f"?{urlencode({name: ''})}",
    }


@register.inclusion_tag("ui/components/question.html")
def question_progress(step: int, total: int) -> dict[str, Any]:
    """Above a question page: 第2步，共9步."""
    return {"step": step, "total": total}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, unit: str = "", style: str = "", max_bytes: int = 0) -> dict[str, Any]:
    """Label, hint, error and input of one form field, tied together for screen readers.

    `style` hints at the width: short, date, id, money, wide. `max_bytes` applies to files.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    is_group = widget.use_fieldset and kind in {"radio", "checkbox"}
    return {
        "field": bound,
        "unit": unit,
        "style": style,
        "max_bytes": max_bytes,
        "layout": "group" if is_group else {"checkbox": "checkbox", "file": "file"}.get(kind, "line"),
    }


@register.inclusion_tag("ui/components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """The errors of a form at the top of the page, each a link to its field."""
    problems = [
        (form[name].id_for_label or form[name].auto_id if name in form.fields else "", message)
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {"problems": problems}
