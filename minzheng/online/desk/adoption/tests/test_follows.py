"""What an adoption means for the other lines: the orphan's benefit, the child's file, the family's page."""

import datetime as dt

import pytest

from minzheng.business.adoption.registering import cancel, register
from minzheng.business.adoption.tests.families import DAY, issuer, person, ready_on
from minzheng.business.assistance.tests.families import ex01
from minzheng.business.assistance.tests.journey import Journey
from minzheng.business.children.institutions.living import admit
from minzheng.business.children.models import ChildFile
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.actions import life_event_of_register
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEventKind

START = dt.date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast, access, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    issuer()
    man, woman = person("龙大山", "1985-03-01", 1), person("吴小妹", "1988-04-02", 2)
    child = person("党新生", "2024-02-29", 11)
    return ready_on(access, START, man, woman, child), child


def test_an_orphan_s_benefit_ends_with_the_month_and_runs_again_when_it_was_void(access, family):
    ready, child = family
    last = ready.notice.until + DAY  # 2026-05-02
    why = Why("granted", "测试", dt.date(2026, 1, 5))
    right = grant(access("approver", why.decided_on), child, code="orphan", amount_fen=150_000, why=why)
    file = ChildFile.objects.create(
        name=child.name, id_no=child.id_no, person=child, region=child.region, group="orphan", carer_name="院",
        carer_relation="机构", risk="low", risk_reason="机构照料", interviewed_on=START, state="kept",
    )  # fmt: skip
    adoption = register(access("registrar", last), ready)
    right.refresh_from_db()
    file.refresh_from_db()
    assert (right.state, right.end_reason, right.until_month) == ("ended", "adopted", dt.date(2026, 5, 1))
    assert owed_in(right, dt.date(2026, 5, 1)) == 150_000
    assert owed_in(right, dt.date(2026, 6, 1)) == 0
    assert (file.state, file.close_reason) == ("closed", "已被依法收养")
    with pytest.raises(Refused, match="不能是同一个人"):
        cancel(access("registrar", last + 30 * DAY), adoption, basis="（2026）湘1227行初1号")
    cancel(access("registrar2", last + 30 * DAY), adoption, basis="（2026）湘1227行初1号")
    right.refresh_from_db()
    file.refresh_from_db()
    assert (right.state, right.until_month, file.state) == ("active", None, "kept")
    assert not Issued.objects.filter(kind="adopted", state="valid").exists()
    assert "adopted" not in person_document(child, last + 31 * DAY)["members"][0]


@pytest.mark.parametrize("comes", [True, False])
def test_a_dibao_family_is_reviewed_once_when_a_child_comes_or_goes_and_no_word_says_why(
    cast, access, settings, tmp_path, comes
):
    settings.MEDIA_ROOT = tmp_path
    case = Journey(access, ex01(cast["xiuying"].person.id_no)).granted().case
    case.refresh_from_db()
    step, number, amount = case.step, case.round, case.amount_fen
    on, home = dt.date(2026, 9, 7), None
    child = case.persons.exclude(person=case.applicant).order_by("-order").first().person
    if comes:
        child, home = person("党新生", "2024-02-29", 11), case.household
    life_event_of_register(
        access("registrar", on), child, LifeEventKind.ADOPTION, on, "民政登记", to_household=home
    )
    case.refresh_from_db()
    assert case.step != step and case.round == number + 1
    assert (case.status, case.amount_fen) == ("active", amount)
    told = case.moves.get(round=case.round)
    assert told.record["story"] == "家庭成员有变化，请核实家庭人口和收入。"
    assert "收养" not in str(told.record)


def kept_file(child, group="orphan"):
    return ChildFile.objects.create(
        name=child.name, id_no=child.id_no, person=child, region=child.region, group=group, carer_name="院",
        carer_relation="机构", risk="low", risk_reason="机构照料", interviewed_on=START, state="kept", approved_on=START,
    )  # fmt: skip


def test_the_bed_in_an_institution_is_free_and_the_child_s_again_when_the_adoption_was_void(access, family):
    ready, child = family
    last = ready.notice.until + DAY
    house = Facility.objects.create(
        kind="child_institution",
        name="县儿童福利院",
        region=child.region,
        counts={"beds": 2},
        opened_on=START,
    )
    lives = admit(
        access("protection", START), house, name=child.name, id_no=child.id_no, bed="1", ground="not_found",
        ground_no="1号", since=START,
    )  # fmt: skip
    assert person_document(child, last)["members"][0]["in_institution"] is True
    adoption = register(access("registrar", last), ready)
    lives.refresh_from_db()
    assert (lives.until, lives.left_for) == (last, "被依法收养")
    assert "in_institution" not in person_document(child, last)["members"][0]
    cancel(access("registrar2", last + DAY), adoption, basis="（2026）湘1227行初1号")
    lives.refresh_from_db()
    assert (lives.until, lives.left_for) == (None, "")


@pytest.mark.parametrize(("born", "state"), [("2008-05-21", "kept"), ("2008-05-20", "closed")])
def test_a_minor_whose_adoption_is_dissolved_is_looked_after_again(access, cast, born, state):
    """On 20 May 2026 one becomes eighteen tomorrow, the other is grown up today."""
    on = dt.date(2026, 5, 20)
    child = person("龙小宝", born, 13)
    file, registrar = kept_file(child), access("registrar", on)
    before = dt.date(2026, 3, 2)
    life_event_of_register(access("registrar", before), child, LifeEventKind.ADOPTION, before, "民政登记")
    file.refresh_from_db()
    assert file.state == "closed"
    life_event_of_register(registrar, child, LifeEventKind.DISSOLUTION, on, "民政登记")
    file.refresh_from_db()
    assert file.state == state
