"""A moment's day is the day in China: `.date()` of what the database gives is London's, wrong until eight in the morning."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = [
    path
    for path in sorted((ROOT / "minzheng").rglob("*.py"))
    if not {"tests", "migrations"} & set(path.parts)
]


def days_of_moments(text):
    """Lines that call `.date()` on a column of moments (`…_at`), where `timezone.localdate` is meant."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr.endswith("_at")
    ]


def test_no_day_is_taken_in_london():
    found = {
        str(path.relative_to(ROOT)): lines for path in FILES if (lines := days_of_moments(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [("visit.made_at.date()", [1]), ("timezone.localdate(visit.made_at)", []), ("now.date()", [])],
)
def test_it_knows_one_when_it_sees_one(text, lines):
    assert days_of_moments(text) == lines
