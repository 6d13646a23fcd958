"""From the day on which it is known who somebody is: no face in public, no second identity, the true age, a death for all."""

import pytest

from minzheng.business.rescue import intake, night
from minzheng.business.rescue.identity import decide_match, identify, propose_match
from minzheng.business.rescue.leaving import leave, record_death
from minzheng.business.rescue.models import MissingReport, PublicNotice, Settlement, Stay
from minzheng.business.rescue.searching import decide_notice, draft_notice, record_search
from minzheng.business.rescue.settlement import list_for_settlement, register_household_entry, settle
from minzheng.business.rescue.tests.making import VILLAGE, day, id_no, missing, station, stay
from minzheng.foundation.actions import Refused
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
TEXT = "左脸有疤，说湘西话的老人"
CHILD = id_no("20100301", "311")


def open_tasks(kind):
    return Task.objects.filter(kind=kind, state="open")


def test_the_search_is_over_and_nothing_of_it_goes_on(at):
    clerk, boss = at("2026-07-20"), at("2026-07-20", "approver")
    one = stay(clerk, station())
    record_search(clerk, one, way="police", asked_of="晃洲派出所", result="none")
    notice = draft_notice(clerk, one, text=TEXT, found_at="汽车站", shows_photo=False)
    decide_notice(boss, notice, publish=True)
    listed = list_for_settlement(at("2026-10-21"), one)
    register_household_entry(
        at("2026-11-03", "reviewer"), listed, name="晃安平", id_no=id_no("19560101", "331"), police_no="晃公户〔2026〕9号",
        police_on="2026-11-02", home_region=VILLAGE, category="rural", place="晃洲镇敬老院",
    )  # fmt: skip
    night.remind_of_settlement(day("2026-10-31"))
    night.remind_of_settlement(day("2026-11-01"))
    assert open_tasks("rescue.settle").count() == 2
    identify(at("2026-11-04"), one, name="杨老汉", id_no=id_no(), basis="公安回执1号")
    assert PublicNotice.objects.get().state == "down"
    assert (Settlement.objects.get().state, Settlement.objects.get().note) == ("withdrawn", "身份已查明")
    assert not open_tasks("rescue.settle").exists()
    with pytest.raises(Refused, match="已撤回"):
        settle(at("2026-11-05", "approver"), listed)
    assert not Person.objects.filter(name="晃安平").exists()


def test_a_draft_goes_back_when_whoever_it_is_about_has_left(at):
    clerk = at("2026-10-20")
    one = stay(clerk, station())
    draft_notice(clerk, one, text=TEXT, found_at="汽车站", shows_photo=False)
    leave(clerk, one, way="own_wish")
    assert (PublicNotice.objects.get().state, PublicNotice.objects.get().reason) == ("returned", "已离站")
    assert not open_tasks("rescue.notice").exists()


def test_an_identity_once_verified_is_not_changed_by_a_match(at):
    clerk, boss = at("2026-10-20"), at("2026-10-21", "approver")
    one = stay(clerk, station())
    other, nameless = missing(clerk, id_no=id_no("19570301", "313")), missing(clerk, name="杨伯", id_no="")
    first, second = (propose_match(clerk, one, report, basis="疤痕相似") for report in (other, nameless))
    identify(clerk, one, name="杨老汉", id_no=id_no(), basis="公安回执1号")
    with pytest.raises(Refused, match="另行查明"):
        decide_match(boss, first, same=True, note="看着像")
    decide_match(boss, second, same=True, note="女儿视频辨认")
    one = Stay.objects.get(pk=one.pk)
    assert (one.identity, one.called, one.person.id_no) == ("verified", "杨老汉", id_no())
    assert MissingReport.objects.get(pk=nameless.pk).state == "found"


def test_the_card_says_who_is_a_minor_whatever_the_clerk_guessed(at):
    clerk = at("2026-10-20")
    boy = stay(clerk, station(), called="小军", age=19, id_no=CHILD)
    assert (boy.age, boy.wing) == (16, "boys")
    assert open_tasks("rescue.minor").get().origin == f"rescue_minor:{boy.pk}"


@pytest.mark.parametrize(("beds", "wing"), [(1, "boys"), (0, "men")])
def test_who_turns_out_to_be_a_minor_lives_apart_from_then_on_and_is_handed_over(at, beds, wing):
    clerk = at("2026-10-20")
    boy = stay(clerk, station(boys=beds), called="小军", age=19)
    identify(at("2026-10-21"), boy, name="龙小军", id_no=CHILD, basis="公安回执2号")
    boy = Stay.objects.get(pk=boy.pk)
    assert (boy.age, boy.wing) == (16, wing)
    assert open_tasks("rescue.minor").exists()
    assert Event.objects.filter(kind="rescue.minor_came", payload__stay=boy.number).count() == 1


def test_the_age_is_full_on_the_birthday(at):
    clerk, where = at("2026-10-20"), station()
    for born, sequence, wing in (("20081020", "313", "men"), ("20081021", "315", "boys")):
        one = stay(clerk, where, called="小军", age=18)
        identify(clerk, one, name=f"龙军{sequence}", id_no=id_no(born, sequence), basis="公安回执3号")
        assert Stay.objects.get(pk=one.pk).wing == wing


def test_who_died_unknown_is_dead_for_everybody_as_soon_as_it_is_known_who_it_was(at):
    clerk = at("2026-10-22")
    one = stay(at("2026-10-20"), station())
    record_death(clerk, one, died_on="2026-10-21", certificate_no="医证0311", police_no="晃公鉴12")
    one = Stay.objects.get(pk=one.pk)
    assert one.left_on == day("2026-10-21") and not Event.objects.filter(kind="death.certified").exists()
    identify(at("2026-11-20"), one, name="杨老汉", id_no=id_no(), basis="DNA比对结果7号")
    person = Person.objects.get(id_no=id_no())
    assert person.died_on == day("2026-10-21")
    paper = person.death_statements.get()
    assert (paper.source, paper.document_no) == ("hospital", "医证0311")


def test_a_longer_stay_calls_back_the_warning_of_its_old_end(at):
    one = stay(at("2026-10-20"), station())
    night.warn_of_limits(day("2026-10-28"))
    asked = intake.ask_extension(at("2026-10-28", "reviewer"), one, days=7, reason="等待DNA比对结果")
    intake.decide_extension(at("2026-10-29", "approver"), asked, granted=True)
    assert not open_tasks("rescue.ending").exists()
    assert night.warn_of_limits(day("2026-11-03")) == 1
