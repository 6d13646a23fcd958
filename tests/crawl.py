"""Walks the site as one of its users: every link from a home page, a few instances of each kind of address."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

SAME_KIND = 3  # a register's list links to hundreds of rows; three of them show what the page shows
ONE_USER = 200  # addresses; a walk that has not ended by then is cut off

# Neither a part of a longer number or word (a region code, a digest) nor masked.
IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
BANK_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")
PERSONAL = (IDENTITY_NUMBER, PHONE, BANK_ACCOUNT)


@dataclass(frozen=True)
class Visited:
    """One address and what answered there."""

    path: str
    response: HttpResponse

    @cached_property
    def html(self) -> str:
        """The page's text; empty for files and redirects."""
        is_page = (
            self.response.get("Content-Type", "").startswith("text/html") and not self.response.streaming
        )
        return self.response.content.decode() if is_page else ""

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.html)

    @cached_property
    def text(self) -> str:
        """Whatever of it can be read: pages, JSON, CSV, plain text."""
        kind = self.response.get("Content-Type", "")
        is_text = kind.startswith(("text/", "application/json", "application/xml"))
        return self.response.getvalue().decode() if is_text else ""


class Reading(HTMLParser):
    """A page read once: the addresses that a click can open by GET, and what a strict Content-Security-Policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inline: list[str] = []  # scripts, styles and handlers written into the page
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href") if tag == "a" else given.get("hx-get")
        if address:
            self.links.append(address)
        if tag == "style" or (
            tag == "script" and "src" not in given and "json" not in (given.get("type") or "")
        ):
            self.inline.append(f"<{tag}>")
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]


def walk(client: Client, starts: tuple[str, ...]) -> Iterator[Visited]:
    """Every page that the logged-in client reaches from the starts, each address once."""
    waiting, seen, kinds = deque(starts), set(starts), Counter[tuple[str, ...]]()
    while waiting and len(seen) <= ONE_USER:
        path = waiting.popleft()
        visited = Visited(path, client.get(path))
        yield visited
        ahead = visited.response.get("Location")
        for link in [ahead] if ahead else visited.reading.links:
            address = urlsplit(urljoin(path, link))
            target = address.path + (f"?{address.query}" if address.query else "")
            if address.scheme or address.netloc or address.path.startswith("/static/") or target in seen:
                continue
            kind = (resolve(address.path).view_name, *(key for key, _ in parse_qsl(address.query)))
            if kinds[kind] < SAME_KIND:
                kinds[kind] += 1
                seen.add(target)
                waiting.append(target)


def personal_data(text: str) -> set[str]:
    """Whole identity numbers, phones and bank accounts in the text, with the few characters around each."""
    found = (match for pattern in PERSONAL for match in pattern.finditer(unquote(text)))
    return {unquote(text)[max(0, m.start() - 40) : m.end() + 10] for m in found}
