"""A child whose parents cannot care: recognised, paid the difference, ended when the father comes home (EX13, EX14, 0.7)."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.children.models import CareAgreement, ChildFile
from minzheng.business.children.tests.journey import Journey, a_child, lives_with
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.online.desk.tests.families import START
from tests.browser import picture, serious_problems
from tests.journeys.officers import OPINION, Officers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VILLAGE = "431227107203"


class AtTheChild(Officers):
    """The officers find the case by the child's name."""

    def opens(self, who, days):
        self.on_day(START + dt.timedelta(days=days))
        page = self.open_page("/desk/todo/", user=self.cast[who])
        page.get_by_role("link", name="杨小宝").click()
        assert serious_problems(page) == []
        return page


@pytest.fixture
def father(cast):
    return Person.objects.create(
        name="杨大山", id_no="431227198801010013", birth_date="1988-01-01", sex="1", region_id=VILLAGE,
        hukou_region_id=VILLAGE,
    )  # fmt: skip


def test_the_difference_is_paid_until_the_father_is_released(
    open_page, cast, on_day, access, father, tmp_path
):
    child = a_child()
    home = lives_with(child, cast["xiuying"].person)
    why = Why("granted", "测试", dt.date(2026, 1, 1))
    grant(access("approver", why.decided_on), home, code="dibao", amount_fen=110_000, why=why)
    on_day(START)
    stated = {
        "father_name": father.name, "father_id_no": father.id_no, "father_state": "服刑",
        "father_since": "2025-09-01", "father_term_months": 13, "mother_state": "死亡",
    }  # fmt: skip
    case = Journey(access, "C2", child, START, **stated).case
    officers = AtTheChild(open_page, cast, on_day, case, tmp_path)
    page = officers.does("clerk", 0, "accept")
    picture(page, "child-review")
    officers.does("township", 1, "propose_grant", typed={"opinion": OPINION})
    page = officers.does("approver", 2, "grant", typed={"opinion": OPINION})
    expect(page.get_by_text("550.00元").first).to_be_visible()
    right = Entitlement.objects.get(benefit="unattended")
    assert owed_in(right, dt.date(2026, 4, 1)) == 55_000

    released = START + dt.timedelta(days=60)
    record_life_event(access("clerk", released), father, LifeEventKind.RELEASE, released, "司法")
    page = officers.opens("clerk", 61)
    expect(page.get_by_text("父亲不属于所列情形").first).to_be_visible()
    picture(page, "child-recheck")
    officers.does("clerk", 61, "propose_stop", typed={"opinion": "父亲已释放回家。"})
    officers.does("approver", 62, "confirm_stop", typed={"opinion": "同意停发。"})
    right.refresh_from_db()
    assert (right.state, right.until_month) == ("ended", dt.date(2026, 5, 1))

    look_at_the_file(open_page, cast, child)


def look_at_the_file(open_page, cast, child):
    """The village's child director at the register, the file and the agreement."""
    file = ChildFile.objects.create(
        name=child.name, id_no="431227201603100012", person=child, region_id=VILLAGE, group="unattended",
        school="晃洲镇中心小学", carer_name="杨大年", carer_relation="祖父", risk="high", risk_reason="祖父年迈。",
        interviewed_on=START, state="kept", approved_on=START,
    )  # fmt: skip
    agreement = CareAgreement.objects.create(
        file=file, region_id=VILLAGE, parent_name="杨大山", parent_phone="14400001234", carer_name="杨大年",
        carer_id_no="", carer_relation="祖父", signed_on=START, until=dt.date(2027, 3, 1), child_consents=True,
    )  # fmt: skip
    page = open_page("/desk/registers/child_files/", user=cast["director"])
    picture(page, "child-files")
    page.get_by_role("link", name="杨小宝").first.click()
    expect(page.get_by_text("委托照护协议").first).to_be_visible()
    assert serious_problems(page) == []
    picture(page, "child-file")
    page.goto(page.url.split("/desk/")[0] + f"/desk/children/agreements/{agreement.pk}/")
    expect(page.get_by_text("委托人仍是监护人")).to_be_visible()
    assert serious_problems(page) == []
    picture(page, "child-agreement")
