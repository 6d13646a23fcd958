"""The officers at work in the browser, each on the own day, and the month's payment file."""

import datetime as dt
import io

from PIL import Image

from minzheng.demo.cast import COUNTY
from minzheng.foundation.funds import actions as funds
from minzheng.foundation.payments import actions
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.tests.families import START
from tests.browser import serious_problems

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

    def publicise_and_close(self):
        """The township's opinion, the notice board, seven natural days and nobody who objects."""
        self.does("township", 4, "propose_grant", typed={"opinion": OPINION})
        self.does("helper", 4, "post", typed={"place": "村务公开栏"}, photos=("photo",))
        self.does("clerk", 14, "close")

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


def payment_file_of(access, outbox):
    """The first month's batch: money received, list made, frozen, checked by another, sent. Returns the file's text."""
    finance, county = access("finance", APRIL), Region.objects.get(code=COUNTY)
    paper = funds.register(
        finance, county, kind="allocation", number="拨2026-4", fund="county", programme="dibao", year=2026,
        amount_fen=63_000, issued_on=APRIL,
    )  # fmt: skip
    funds.check(access("finance2", APRIL), paper)
    batch = actions.make_batch(finance, county, code="dibao", month=APRIL)
    actions.freeze(finance, batch, expected_fen=63_000, expected_count=1)
    actions.check(access("finance2", APRIL), batch)
    actions.send(finance, batch)
    return (outbox / f"{batch.number}.txt").read_text(encoding="utf-8")
