"""Every generated page and its content. A page that is not fresh fails the build (tests/test_docs.py)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from minzheng.docs import access, coverage, indicators, items, security
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules.deciding import default_counter
from minzheng.foundation.rules.document import facts_page

ROOT = coverage.ROOT


def all_pages() -> Iterator[tuple[Path, str]]:
    """(path, content) of each generated page."""
    yield ROOT / "docs" / "coverage.md", coverage.page()
    yield ROOT / "docs" / "access-matrix.md", access.page()
    yield ROOT / "docs" / "security.md", security.page()
    yield ROOT / "docs" / "facts.md", facts_page(default_counter().book)
    yield ROOT / "docs" / "indicators-list.md", indicators.page()
    for item in shelf(ServiceItem):
        if item.origin.startswith("minzheng."):
            yield ROOT / "docs" / "items" / f"{item.code}.md", items.page(item)


def stale() -> list[str]:
    """Pages whose file is missing or differs from what would be written."""
    return [
        str(path.relative_to(ROOT))
        for path, content in all_pages()
        if not path.exists() or path.read_text() != content
    ]


def write() -> list[str]:
    """Write the stale pages; returns their paths."""
    written = []
    for path, content in all_pages():
        if not path.exists() or path.read_text() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            written.append(str(path.relative_to(ROOT)))
    return written
