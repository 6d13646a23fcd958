"""A real Chromium for tests: fixtures `browser` and `page`, and the accessibility check `serious_problems`."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


# The shell has no windows of its own, so that a page is opened in a fifth of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
# A busy machine is no fault of the page; whoever finds what they expect waits no longer than before.
expect.set_options(timeout=20_000)


def _until_the_page_is_there(act: Callable[..., Any]) -> Callable[..., Any]:
    """Playwright's click ends when the next page has begun; its title and fields may still be on their way."""

    @functools.wraps(act)
    def whole(locator: Locator, *args: Any, **kwargs: Any) -> Any:
        done = act(locator, *args, **kwargs)
        locator.page.wait_for_load_state()
        return done

    return whole


# Every test may read a page right after the click that leads to it.
for name in ("click", "press"):
    setattr(Locator, name, _until_the_page_is_there(getattr(Locator, name)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or the one named by MINZHENG_CHROMIUM."""
    found = os.environ.get("MINZHENG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page("/desk/", user=cast["clerk"], width=390, dark=True)`; fails the test on any CSP or script error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(
        path: str,
        *,
        width: int = 1280,
        dark: bool = False,
        elder: bool = False,
        scripts: bool = True,
        user: Any = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        contexts.append(context)
        if elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": live_server.url}])
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": _session_of(user), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type == "error" and not _is_offline(m.text) else None,
        )
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _is_offline(message: str) -> bool:
    """A test that takes the network away gets told so by the browser; that is no fault of the page."""
    return "net::ERR_INTERNET_DISCONNECTED" in message


def _session_of(user: Any) -> str:
    """The key of a session in which the user is logged in."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.session.session_key)


def serious_problems(page: Page) -> list[str]:
    """What axe-core calls serious or critical, each with the elements that show it."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{problem['id']}: {[node['html'][:160] for node in problem['nodes'][:5]]} {problem['nodes'][0]['failureSummary'][:200]}"
        for problem in found
        if problem["impact"] in {"serious", "critical"}
    ]


def picture(page: Page, name: str) -> None:
    """Keep what the page shows, for the README and the guides: `MINZHENG_PICTURES=1 make test` renews docs/pictures."""
    if os.environ.get("MINZHENG_PICTURES") == "1":
        page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png", full_page=True)
