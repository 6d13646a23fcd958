"""Every page of the desk in a real browser: accessible, inside the screen, on desktop and phone."""

import os
from pathlib import Path

import pytest

from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("clerk", "/desk/"),
    ("admin", "/desk/"),
    ("clerk", "/desk/identity/"),
    ("clerk", "/desk/search/"),
    ("admin", "/desk/accounts/"),
    ("admin", "/desk/accounts/new/"),
    ("auditor", "/desk/audit/"),
]


def check(page, name, width):
    """Accessible and inside the width; a picture is kept where DESK_PICTURES says."""
    if folder := os.environ.get("DESK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert serious_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_it_shows_each_page_accessibly(open_page, cast, who, path, width):
    page = open_page(path, user=cast[who], width=width)
    check(page, f"{who}{path.replace('/', '-')}", width)
