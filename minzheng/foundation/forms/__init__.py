"""Declared forms: questions, cleaning with errors that say what to do, showing."""

from minzheng.foundation.forms.cleaning import (
    answers_of,
    clean,
    clean_row,
    clean_rows,
    implied_answers,
    warnings,
)
from minzheng.foundation.forms.questions import Form, Group, Question, Section, When, pages_of, when
from minzheng.foundation.forms.showing import show

__all__ = [
    "Form",
    "Group",
    "Question",
    "Section",
    "When",
    "answers_of",
    "clean",
    "clean_row",
    "clean_rows",
    "implied_answers",
    "pages_of",
    "show",
    "warnings",
    "when",
]
