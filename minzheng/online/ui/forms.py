"""Forms whose messages say what to do, and the account forms in this platform's words."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest


class File(forms.FileInput):
    """A file control whose button is labelled in Chinese whatever the browser speaks (styles/forms.css)."""

    template_name = "ui/widgets/file.html"


class PlainForm(forms.Form):
    """A form that says 请填写姓名 or 请选择与申请人的关系 instead of 这个字段是必填项."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_what_to_do(field)
            if isinstance(field, forms.FileField):
                field.widget = File(field.widget.attrs)


def say_what_to_do(field: forms.Field) -> None:
    """Gives the field's `required` message the verb of its kind, unless the form has its own message."""
    # Django puts one shared text on every field; a form's own text differs from it.
    if field.error_messages["required"] != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.BooleanField):
        message = f"请勾选“{field.label}”，才能继续。"
    elif isinstance(field, forms.FileField):
        message = f"请选择要上传的{field.label}。"
    elif isinstance(field, forms.ChoiceField):
        message = f"请选择{field.label}。"
    else:
        message = f"请填写{field.label}。"
    field.error_messages["required"] = message


def number_seen(request: HttpRequest, name: str) -> int:
    """A total as the page showed it to whoever confirms it; -1, which no total is, where none was sent."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() else -1


def show_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """At the question it speaks of, else above the form; never at a question that the page lacks."""
    told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for key, texts in told.items():
        form.add_error(key if key in form.fields else None, ValidationError(texts))


def answered(form: Any, do: Callable[[dict[str, Any]], Any]) -> tuple[bool, Any]:
    """Whether a sent form was good and `do(answers)` did it, in one transaction, and what `do` gave back.

    What is refused is shown at the question it is about.
    """
    if not form.is_bound or not form.is_valid():
        return False, None
    try:
        with transaction.atomic():
            return True, do(form.answers)
    except ValidationError as refused:
        show_refusal(form, refused)
        return False, None


class AccountForm:
    """No placeholders that repeat the label, and no reset by e-mail, because accounts here have no e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if field.widget.attrs.get("autocomplete") == "current-password":
                field.help_text = ""
            say_what_to_do(field)


class LoginForm(AccountForm, AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = "在这台设备上保持登录（公用电脑请不要勾选）"


class ChangePasswordForm(AccountForm, AllauthChangePasswordForm):
    pass


class ReauthenticateForm(AccountForm, AllauthReauthenticateForm):
    pass
