"""`manage.py check` refuses a wrong declaration, naming file, field and remedy."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from minzheng.foundation.registry.words import all_shelves


@register
def check_declarations(**_: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    for found in all_shelves():
        errors += [Error(text, id="minzheng.E001") for text in found.clashes]
        for declaration in found:
            errors += [
                Error(
                    f"{declaration.origin}：{declaration.code} {declaration.title}：{text}",
                    id="minzheng.E002",
                )
                for text in declaration.problems()
            ]
    return errors
