"""EX01's family as it types its application: three people, 1,020.00 yuan a month, no property to speak of."""

from __future__ import annotations

from playwright.sync_api import Page

from minzheng.foundation.people.id_numbers import check_character


def id_no(first_17: str) -> str:
    return first_17 + check_character(first_17)


HUSBAND = ("吴绍华", id_no("43122719760512003"))
CHILD = ("吴小雨", id_no("43122720120901004"))
PDF = {"name": "授权书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


class Writer:
    """Fills in pages as a person does: by what the labels say."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose(self, *labels: str) -> Writer:
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        return self

    def choose_in(self, question: str, label: str) -> Writer:
        self.page.get_by_role("group", name=question).get_by_label(label, exact=True).check()
        return self

    def type(self, label: str, text: str) -> Writer:
        self.page.get_by_label(label).fill(text)
        return self

    def go_on(self, button: str = "保存并继续") -> Writer:
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    def follow(self, link: str) -> Writer:
        self.page.get_by_role("link", name=link).first.click()
        return self

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()
