"""Every portal page is accessible: on a phone, on a desk, dark, and in the elder version."""

import pytest
from playwright.sync_api import expect

from minzheng.foundation.audit.record import record_read
from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = {
    "phone": {"width": 390},
    "desk": {"width": 1280},
    "dark": {"width": 390, "dark": True},
    "elder": {"width": 390, "elder": True},
}
SMALLEST = {"phone": 44, "desk": 44, "dark": 44, "elder": 60}  # MIIT 适老化: target size in pixels

TOO_SMALL = """least => [...document.querySelectorAll('main .btn, main .choice, main .link-list a, main input[type=text]')]
    .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
    .filter(([, box]) => box.height && box.height < least - 0.5).map(([name, box]) => `${name}: ${box.height}`)"""


def pages(draft):
    """Addresses by name, at the stage where each can be seen; the case moves on in between."""
    number = draft.case.number
    at = f"/portal/cases/{number}/"
    yield "home", "/portal/"
    yield "guide", "/portal/items/A1/"
    yield "where", "/portal/items/A1/start/"
    yield "other", "/portal/items/A1/start/431227107203/other/"
    yield "tasks", at + "apply/"
    yield "choice", at + "apply/family/reason/"
    yield "member", at + "apply/members/1/name/"
    yield "rows", at + "apply/members/members/"
    yield "paper", at + "papers/illness_proof/"
    yield "consents", at + "consents/"
    yield "check", at + "check/"
    draft.authorise_all()
    yield "ready", at + "check/"
    draft.submit()
    yield "receipt", at + "receipt/"
    draft.case.data["members"][0].pop("employed")
    draft.case.save()
    draft.move("clerk", "ask_correction")
    yield "corrections", at + "corrections/"
    draft.case.data["members"][0]["employed"] = True
    draft.case.save()
    draft.move("xiuying", "resubmit")
    draft.accept()
    yield "progress", at
    draft.survey().conclude().propose().publicise().decide()
    yield "granted", at + "decision/"
    yield "mine", "/portal/cases/"
    yield "looked", "/portal/looked/"


@pytest.mark.parametrize("look", LOOKS)
def test_it_has_no_serious_problem_on_any_page(draft, cast, open_page, look):
    record_read(
        "查看家庭档案",
        actor=cast["clerk"],
        subject=draft.case,
        persons=[cast["xiuying"].person_id],
        reason="入户调查",
    )
    found = {}
    page = open_page("/portal/", user=cast["xiuying"], **LOOKS[look])
    base = page.url.removesuffix("/portal/")
    for name, address in pages(draft):
        page.goto(base + address)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        problems = serious_problems(page) + page.evaluate(TOO_SMALL, SMALLEST[look])
        if problems or wide:
            found[name] = [*problems, *(["wider than the screen"] if wide else [])]
    assert found == {}


def test_it_tells_why_a_family_was_refused(refused, cast, open_page):
    page = open_page(f"/portal/cases/{refused.case.number}/decision/", user=cast["xiuying"], width=390)
    expect(page.get_by_text("家庭人均收入不低于当地最低生活保障标准").first).to_be_visible()
    assert serious_problems(page) == []


def test_it_shows_both_answers_of_two_windows_side_by_side(draft, cast, open_page):
    address = f"/portal/cases/{draft.case.number}/apply/family/address/"
    first, second = (open_page(address, user=cast["xiuying"], width=390) for _ in range(2))
    for page, typed in ((first, "新村四组1号"), (second, "新村五组9号")):
        page.get_by_label("现在住在哪里").fill(typed)
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_load_state()
    expect(second.get_by_text("已保存的：新村四组1号")).to_be_visible()
    assert serious_problems(second) == []
    second.get_by_role("button", name="用我刚填的").click()
    draft.case.refresh_from_db()
    assert draft.case.data["address"] == "新村五组9号"
