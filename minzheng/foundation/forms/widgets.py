"""Boxes for the kinds of answer that Django has no box for, and for all of them what a phone should offer."""

from __future__ import annotations

from typing import Any

from django import forms

from minzheng.foundation.forms.questions import Question
from minzheng.foundation.forms.showing import PERIODS

MANY = 9  # from so many options on, a list to choose from takes less room than radio buttons
YES_NO = (("yes", "是"), ("no", "否"))


class MoneyFlow(forms.Widget):
    """An amount beside its period: two boxes, one answer."""

    template_name = "forms/money_flow.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        context["widget"] |= {
            "amount": given.get("amount", ""),
            "period": given.get("period", ""),
            "periods": PERIODS.items(),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {"amount": data.get(name, ""), "period": data.get(f"{name}_period", "")}


class Files(forms.FileInput):
    """New files beside those already handed in, each of which can be taken out again."""

    template_name = "forms/files.html"
    allow_multiple_selected = True
    taken: list[int] | None = None  # after a failed submit: what was stored all the same

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        from minzheng.foundation.documents.models import Document

        context = super().get_context(name, None, attrs)
        ids = self.taken if self.taken is not None else value or []
        context["widget"]["kept"] = Document.objects.filter(pk__in=ids)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, list[Any]]:
        """{"kept": ids still wanted, "new": uploads}."""
        dropped = set(data.getlist(f"{name}_drop"))
        return {
            "kept": [one for one in data.getlist(f"{name}_kept") if one not in dropped],
            "new": files.getlist(name),
        }


def widget_for(question: Question, places: Any = ()) -> forms.Widget:
    """`places`: grouped choices for a region question, as Django's select takes them."""
    match question.kind:
        case "long_text":
            return forms.Textarea(attrs={"rows": 4})
        case "date":
            return forms.DateInput(attrs={"type": "date"})
        case "month":
            return forms.TextInput(attrs={"type": "month"})
        case "money_flow":
            return MoneyFlow()
        case "file" | "files":
            many = {"multiple": True} if question.kind == "files" else {}
            return Files(attrs={"accept": "image/*,application/pdf", **many})
        case "yes_no":
            return forms.RadioSelect(choices=YES_NO)
        case "agree":
            return forms.CheckboxInput()
        case "choices":
            return forms.CheckboxSelectMultiple(choices=question.options)
        case "choice" if len(question.options) < MANY:
            return forms.RadioSelect(choices=question.options)
        case "choice":
            return forms.Select(choices=[("", "请选择"), *question.options])
        case "region":
            return forms.Select(choices=[("", "请选择"), *places])
    return forms.TextInput(attrs=_typing_help(question))


def _typing_help(question: Question) -> dict[str, Any]:
    """Which keyboard the phone brings up, and that it leaves numbers and names alone."""
    plain = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
    match question.kind:
        case "id_no":
            return plain | {"autocapitalize": "characters"}
        case "phone":
            return plain | {"inputmode": "tel"}
        case "bank_account":
            return plain | {"inputmode": "numeric"}
        case "number" | "money":
            return plain | {"inputmode": "decimal"}
        case "name":
            return plain
    return {}
