"""Every page of the desk in a real browser: accessible, inside the screen, on desktop and phone."""

import datetime as dt
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from minzheng.online.desk.tests.families import START, begun_at_the_window, case_at
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
    ("clerk", "/desk/todo/"),
    ("helper", "/desk/intake/"),
]
CASE_VIEWS = ["now", "application", "decision", "papers", "trail"]


def check(page, name):
    """On a desk and on a phone: accessible and inside the width; a picture is kept where DESK_PICTURES says."""
    for width in (1280, 390):
        if page.viewport_size["width"] != width:
            page.set_viewport_size({"width": width, "height": 900})
            page.reload()
        if folder := os.environ.get("DESK_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert serious_problems(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_it_shows_each_page_accessibly(open_page, cast, who, path):
    check(open_page(path, user=cast[who]), f"{who}{path.replace('/', '-')}")


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        ("submitted", "clerk"),
        ("accepted", "clerk"),
        ("accepted", "reviewer"),
        ("concluded", "township"),
        ("posted", "helper"),
        ("sent_up", "approver"),
        ("granted", "clerk"),
    ],
)
def test_it_shows_the_case_to_whose_turn_it_is(open_page, cast, access, on_day, stage, who):
    case = case_at(access, stage)
    on_day(START + dt.timedelta(days=16))
    page = open_page(f"/desk/cases/{case.number}/", user=cast[who])
    expect(page.get_by_role("heading", name="杨秀英 · 最低生活保障")).to_be_visible()
    check(page, f"case-{stage}-{who}")


def test_it_shows_every_side_of_a_granted_case(open_page, cast, access, on_day):
    case = case_at(access, "granted")
    on_day(START + dt.timedelta(days=16))
    for view in CASE_VIEWS:
        page = open_page(f"/desk/cases/{case.number}/?view={view}", user=cast["approver"])
        check(page, f"case-view-{view}")
    for notice in case.notices.all():
        page = open_page(f"/desk/cases/{case.number}/notices/{notice.pk}/", user=cast["approver"])
        check(page, f"notice-{notice.kind}")


def test_it_shows_an_application_filled_in_at_the_window(open_page, cast, access, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    for part in ["section/members/", "section/property/", ""]:
        page = open_page(f"/desk/intake/{case.number}/{part}", user=cast["clerk"])
        check(page, f"intake-{part.replace('/', '-')}")


def test_it_shows_lists_and_files_of_people(open_page, cast, access, on_day):
    case = case_at(access, "posted")
    on_day(START + dt.timedelta(days=5))
    for name, who, path in [
        ("home", "clerk", "/desk/"),
        ("todo", "clerk", "/desk/todo/"),
        ("done", "clerk", "/desk/done/"),
        ("watched", "township", "/desk/watched/"),
        ("person", "clerk", f"/desk/people/{case.applicant_id}/"),
        ("household", "clerk", f"/desk/households/{case.household_id}/"),
        ("cockpit-province", "province", "/cockpit/"),
        ("cockpit-county", "province", "/cockpit/431227000000/"),
    ]:
        check(open_page(path, user=cast[who]), name)
