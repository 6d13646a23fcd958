"""The family of EX01 from the window to the first payment, and that of EX02 to its refusal, officer by officer.

Each officer works in the browser on the own day: helper, clerk, county reviewer, township reviewer, approver.
"""

import datetime as dt
import io

import pytest
from PIL import Image

from minzheng.demo.cast import COUNTY
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.payments import actions
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.tests.families import START, application, couple, handed_in
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPINION = "情况属实。"
APRIL = dt.date(2026, 4, 1)


class Officers:
    """The officers at their desks, all looking at one case."""

    def __init__(self, open_page, cast, on_day, case, folder):
        self.open_page, self.cast, self.on_day, self.case = open_page, cast, on_day, case
        self.photo = folder / "现场.jpg"
        picture = io.BytesIO()
        Image.new("RGB", (640, 480), (120, 150, 140)).save(picture, "JPEG")
        self.photo.write_bytes(picture.getvalue())

    def opens(self, who, days):
        """The officer finds the case among the own work and opens it."""
        self.on_day(START + dt.timedelta(days=days))
        page = self.open_page("/desk/todo/", user=self.cast[who])
        page.get_by_role("link", name="杨秀英").click()
        assert serious_problems(page) == []
        return page

    def does(self, who, days, key, *, typed=None, chosen=None, ticked=(), photos=()):
        """Makes one move; returns the page that follows."""
        page = self.opens(who, days)
        form = page.locator(f'form[action$="/moves/{key}/"]')
        card = page.locator("details.choice-card").filter(has=form)
        if card.get_attribute("open") is None:
            card.locator("summary").first.click()
        for name, text in (typed or {}).items():
            form.locator(f'[name="{name}"]').fill(text)
        for name, value in (chosen or {}).items():
            form.locator(f'[name="{name}"][value="{value}"]').check()
        for name in ticked:
            form.locator(f'[name="{name}"]').check()
        for name in photos:
            form.locator(f'[name="{name}"]').set_input_files(self.photo)
        if form.locator(".careful input").count():
            form.locator(".careful input").check()
        form.locator("button:not([name])").click()
        page.get_by_text("已办理").wait_for()
        return page

    def survey(self):
        """Acceptance, data check, and the visit that two people sign."""
        self.does("clerk", 0, "accept", chosen={"related_staff": "no"})
        self.does(
            "reviewer", 1, "data_check", typed={"report_no": "HD-1"}, chosen={"conclusion": "与申报一致"}
        )
        self.does(
            "clerk",
            2,
            "visit",
            typed={"place": "新村一组", "finding": "砖混平房一栋，情况与申报一致。"},
            chosen={"way": "入户调查"},
            photos=("photo", "family_signature"),
        )
        self.does("helper", 2, "cosign", ticked=("agrees",))
        self.does("clerk", 3, "conclude")


@pytest.fixture
def officers_of(open_page, cast, on_day, access, tmp_path):
    def of(answers):
        case = handed_in(access, answers(cast["xiuying"].person))
        return Officers(open_page, cast, on_day, case, tmp_path)

    return of


def payment_file_of(access, outbox):
    """The first month's batch: money received, list made, frozen, checked by another, sent. Returns the file's text."""
    finance, county = access("finance", APRIL), Region.objects.get(code=COUNTY)
    actions.receive_money(
        finance, county, programme="dibao", fund="county", amount_fen=63_000, voucher="拨2026-4"
    )
    batch = actions.make_batch(finance, county, code="dibao", month=APRIL)
    actions.freeze(finance, batch, expected_fen=63_000, expected_count=1)
    actions.check(access("finance2", APRIL), batch)
    actions.send(finance, batch)
    return (outbox / f"{batch.number}.txt").read_text(encoding="utf-8")


@pytest.mark.covers("S-031", by="minzheng/business/assistance/items.py", screen="/desk/cases/<number>/")
def test_it_grants_and_pays_630_yuan_to_the_family_of_ex01(officers_of, access, settings, tmp_path):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    officers = officers_of(application)
    officers.survey()
    officers.does("township", 4, "propose_grant", typed={"opinion": OPINION})
    officers.does("helper", 4, "post", typed={"place": "村务公开栏"}, photos=("photo",))
    officers.does("clerk", 14, "close")
    picture(officers.opens("approver", 15), "case")
    page = officers.does("approver", 15, "grant", typed={"opinion": OPINION})
    assert page.get_by_text("每月 630.00元").first.is_visible()
    page.get_by_role("link", name="材料与文书").click()
    page.get_by_role("link", name="最低生活保障确认告知书").click()
    assert page.get_by_text("630.00元").is_visible()
    right = Entitlement.objects.get(case_number=officers.case.number)
    assert (right.since_month, right.amounts.get().amount_fen) == (APRIL, 63_000)
    assert "|630.00|" in payment_file_of(access, tmp_path / "outbox")


def test_it_refuses_the_family_of_ex02_and_says_why(officers_of):
    officers = officers_of(couple)
    officers.survey()
    page = officers.opens("township", 4)
    assert page.get_by_text("按规则不符合条件").is_visible()
    officers.does("township", 4, "propose_refuse", typed={"opinion": OPINION})
    page = officers.does("approver", 5, "refuse", typed={"opinion": "同意。"})
    page.get_by_role("link", name="材料与文书").click()
    page.get_by_role("link", name="不予确认告知书").click()
    assert page.get_by_text("家庭人均收入不低于当地最低生活保障标准").is_visible()
    assert page.get_by_text("行政复议").is_visible()
    assert not Entitlement.objects.exists()
