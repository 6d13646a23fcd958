"""Documentation is part of the product: what is generated is fresh, what is claimed exists."""

import re

from minzheng.docs import coverage, pages


def test_it_keeps_every_generated_page_fresh():
    assert pages.stale() == [], "运行 make docs"


def test_it_claims_a_row_only_with_an_implementation_that_exists():
    for row in coverage.rows():
        for path in row.implemented_by:
            assert (coverage.ROOT / path).exists(), f"{row.code}: {path}"


def test_it_knows_all_268_rows_of_the_inventory():
    assert len(coverage.rows()) == 268


def test_it_links_only_to_pages_and_pictures_that_exist():
    missing = []
    for page in [*coverage.ROOT.glob("*.md"), *coverage.ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r'\]\(([^)#\s]+)|src="([^"]+)"', page.read_text()):
            link = target[0] or target[1]
            if "://" not in link and not (page.parent / link).exists():
                missing.append(f"{page.relative_to(coverage.ROOT)} → {link}")
    assert missing == []
