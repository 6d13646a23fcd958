"""Rules that every template of the platform keeps: the strict content policy, and icons that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
TEMPLATES = sorted((ROOT / "minzheng").rglob("templates/**/*.html"))
ICONS = set((ROOT / "frontend" / "icons.txt").read_text(encoding="utf-8").split())
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle="),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "an inline style sheet": re.compile(r"<style"),
    "an address of another site": re.compile(r"(?:src|href)=\"(?:https?:)?//"),
}


def without_comments(text):
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", text, flags=re.S)


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_it_keeps_the_content_policy_strict(reason):
    offenders = [
        str(t.relative_to(ROOT))
        for t in TEMPLATES
        if FORBIDDEN[reason].search(without_comments(t.read_text()))
    ]
    assert offenders == [], f"{reason}: move it into frontend/"


def test_it_names_only_icons_of_the_sprite():
    used = {(t.name, name) for t in TEMPLATES for name in re.findall(r"{% icon \"([^\"]+)\"", t.read_text())}
    unknown = sorted(pair for pair in used if pair[1] not in ICONS)
    assert unknown == [], "add the name to frontend/icons.txt and build again"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('<p style="color:red">', "a style attribute"),
        ('<a href="#" onclick="go()">', "an event attribute"),
        ("<script>go()</script>", "an inline script"),
        ('<script src="//cdn.example/x.js">', "an address of another site"),
    ],
)
def test_it_recognises_what_the_policy_forbids(bad, reason):
    assert FORBIDDEN[reason].search(bad)
