"""特困 at the township, drawn for the county's visit, confirmed; she falls ill, is assessed again, and more is paid the month after."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.assistance.tests.tekun_journey import THREE, Journey
from minzheng.foundation.payments.tests.office import Office, assert_proven, lines_of
from minzheng.online.desk.tests.families import START
from tests.browser import serious_problems
from tests.journeys.officers import OPINION, Officers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
APRIL, MAY = "2026-04", "2026-05"


class AtHerCase(Officers):
    """The officers open her case by its number: once granted it rests and stands on nobody's list."""

    def opens(self, who, days):
        self.on_day(START + dt.timedelta(days=days))
        page = self.open_page(f"/desk/cases/{self.case.number}/", user=self.cast[who])
        assert serious_problems(page) == []
        return page


@pytest.mark.covers("S-040", by="minzheng/business/assistance/tekun", screen="/desk/cases/<number>/")
def test_her_care_is_paid_by_the_new_grade_from_the_month_after_the_assessment(
    open_page, cast, on_day, access, settings, tmp_path
):
    """EX11: 975.00 in April; four of six things fail on 24 April; 1235.00 in May."""
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    way = Journey(access, on=START).accept().later(1).data_check()
    officers = AtHerCase(open_page, cast, on_day, way.case, tmp_path)
    page = officers.does(
        "clerk", 2, "visit", typed={"where": "新村三组", "finding": "独居，邻居送饭。"}, photos=("photo",)
    )
    way.case.refresh_from_db()
    way.at(START + dt.timedelta(days=3)).move("clerk2", "cosign", {"agrees": True})
    way.move("clerk", "conclude")
    way.proposed().publicised().later(1)
    days = (way.today - START).days
    page = officers.opens("approver", days)
    assert "随机抽中" in page.content()
    way.case.refresh_from_db()
    way.visited("county_visit", "reviewer")
    page = officers.does("approver", days, "grant", typed={"opinion": OPINION})
    expect(page.get_by_text("每月 975.00元").first).to_be_visible()
    office = Office(access)
    office.fund(code="tekun")
    assert lines_of(office.pay(APRIL, "tekun")) == [("杨满秀", "regular", "975.00", "paid")]

    officers.does(
        "helper",
        50,
        "report_ability",
        typed={"story": "摔倒以后不能自己吃饭。"},
        chosen={"reporter": "照料人"},
    )
    page = officers.does(
        "reviewer", 53, "assess",
        typed={"assessed_on": f"{START + dt.timedelta(days=53)}", "finding": "当面评估，四项不能自主完成。"},
        chosen={key: "no" for key in (*THREE, "self_eat")} | {"self_dress": "yes", "self_walk": "yes"},
    )  # fmt: skip
    page = officers.does("approver", 54, "confirm_change", typed={"opinion": OPINION})
    expect(page.get_by_text("每月 1,235.00元").or_(page.get_by_text("每月 1235.00元")).first).to_be_visible()
    assert lines_of(office.pay(MAY, "tekun")) == [("杨满秀", "regular", "1235.00", "paid")]
    assert_proven(APRIL, MAY)
    page = open_page("/desk/registers/tekun_care/", user=cast["reviewer"])
    assert "完全丧失自理能力" in page.locator("table").inner_text()
    assert serious_problems(page) == []
