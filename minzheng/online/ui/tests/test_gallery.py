"""Every component in a real browser: accessible, legible, inside the screen, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = [
    pytest.param({"width": 1280}, id="desktop"),
    pytest.param({"width": 390}, id="phone"),
    pytest.param({"width": 1280, "dark": True}, id="desktop-dark"),
    pytest.param({"width": 390, "dark": True}, id="phone-dark"),
    pytest.param({"width": 1280, "elder": True}, id="desktop-elder"),
    pytest.param({"width": 390, "elder": True}, id="phone-elder"),
    pytest.param({"width": 390, "elder": True, "dark": True}, id="phone-elder-dark"),
]
TOO_SMALL_TARGETS = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, p, td, th, caption, li:not(.link-list li, .tabs li, .pager li), .skip-link') && !e.matches('.skip-link, [type=hidden], [type=checkbox], [type=radio]'))
  .filter(e => e.getBoundingClientRect().height < least - 0.5)
  .map(e => `${e.outerHTML.slice(0, 90)} ${e.getBoundingClientRect().height}`)"""
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('svg') && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_accessible_and_fits_the_width_of_the_screen(open_page, live_server, screen):
    page = open_page("/ui/?layout=print", **screen)
    assert serious_problems(page) == [], "print"
    for layout in ("desk", "portal"):
        page.goto(f"{live_server.url}/ui/?layout={layout}")
        assert serious_problems(page) == [], layout
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], layout


@pytest.mark.parametrize(("elder", "text", "target"), [(False, 16, 44), (True, 24, 60)])
def test_it_keeps_text_and_targets_large_enough(open_page, live_server, elder, text, target):
    page = open_page("/ui/?layout=desk", width=390, elder=elder)
    for layout in ("desk", "portal"):
        page.goto(f"{live_server.url}/ui/?layout={layout}")
        assert page.evaluate(SMALLEST_TEXT) >= text, layout
        assert page.evaluate(TOO_SMALL_TARGETS, target) == [], layout


def test_it_switches_to_the_elder_version_without_losing_what_was_typed(open_page):
    page = open_page("/ui/?layout=portal", width=390)
    page.get_by_label("每月工资收入").fill("400")
    page.get_by_role("button", name="长辈版").click()
    assert "elder" in (page.locator("html").get_attribute("class") or "")
    assert page.get_by_label("每月工资收入").input_value() == "400"
    page.reload()
    expect(page.get_by_role("button", name="标准版")).to_be_visible()


def test_it_switches_to_the_elder_version_without_scripts(open_page):
    page = open_page("/ui/?layout=portal", width=390, scripts=False)
    page.get_by_role("button", name="长辈版").click()
    assert page.url.endswith("layout=portal")
    expect(page.get_by_role("button", name="标准版")).to_be_visible()


def test_it_opens_and_cancels_a_confirmation(open_page):
    page = open_page("/ui/")
    page.get_by_role("button", name="停发待遇").click()
    dialog = page.get_by_role("dialog", name=re.compile("停发杨秀英"))
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_be_hidden()


def test_it_shows_the_confirmation_without_scripts(open_page):
    page = open_page("/ui/", scripts=False)
    page.get_by_role("button", name="停发待遇").click()
    expect(page.get_by_text("确认停发")).to_be_visible()


def test_it_links_each_error_to_its_field(open_page):
    page = open_page("/ui/")
    page.get_by_role("link", name="确保该值大于或等于0").click()
    assert page.evaluate("document.activeElement.name || location.hash") in {"income", "#id_income"}
    income = page.locator("#id_income")
    assert income.get_attribute("aria-invalid") == "true"
    described = income.get_attribute("aria-describedby").split()
    assert all(page.locator(f"#{part}").count() == 1 for part in described)
    assert len(described) == 2


def test_it_refuses_a_photo_that_is_too_large_before_sending_it(open_page, tmp_path):
    large = tmp_path / "户口簿.jpg"
    large.write_bytes(b"0" * (11 * 1024 * 1024))
    page = open_page("/ui/?layout=portal", width=390)
    page.locator("input[type=file]").set_input_files(large)
    assert "最多 10.0 MB" in page.locator("[data-upload-status]").inner_text()
    assert page.locator("input[type=file]").evaluate("e => e.files.length") == 0


def test_it_draws_the_chart_again_under_the_strict_content_policy(open_page):
    page = open_page("/ui/")
    page.locator(".chart-canvas svg").wait_for()
    expect(page.locator("[data-chart-fallback]")).to_be_hidden()


def test_it_counts_the_chosen_rows(open_page):
    page = open_page("/ui/")
    page.get_by_label("全选本页").check()
    expect(page.locator("[data-selected-count]")).to_have_text("4")
