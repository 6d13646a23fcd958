"""Dates of a notice are frozen as text; here they become dates again."""

import datetime as dt

from django import template

register = template.Library()


@register.filter
def from_iso(text: str) -> dt.date:
    """2026-07-01 → the date."""
    return dt.date.fromisoformat(text)
