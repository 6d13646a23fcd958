"""A stay: apart by sex and age, ten days, longer only by another's word, home as one can travel, and free to leave."""

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.rescue import intake, night
from minzheng.business.rescue.leaving import leave
from minzheng.business.rescue.models import Refusal, Stay
from minzheng.business.rescue.tests.making import COUNTY, VILLAGE, day, id_no, station, stay
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.covers("S-161", by="minzheng/business/rescue/intake.py", screen="/desk/rescue/")
def test_it_keeps_men_women_and_minors_apart_and_gives_each_a_bed(at):
    clerk, where = at("2026-10-20"), station(men=1)
    man = stay(clerk, where)
    woman = stay(clerk, where, called="无名女", sex="2", age=40)
    girl = stay(clerk, where, called="小梅", sex="2", age=17)
    assert [(one.wing, one.bed) for one in (man, woman, girl)] == [
        ("men", "1"),
        ("women", "1"),
        ("girls", "1"),
    ]
    with pytest.raises(Refused, match="男区没有空床"):
        stay(clerk, where, called="无名氏二号")
    assert Task.objects.get(kind="rescue.minor").origin == f"rescue_minor:{girl.pk}"
    intake.set_places(clerk, where, men=2, women=2, boys=1, girls=1)
    assert stay(clerk, where, called="无名氏二号").bed == "2"
    with pytest.raises(Refused, match="还有人"):
        intake.set_places(clerk, where, men=1, women=2, boys=1, girls=1)
    assert not Person.objects.filter(
        name__startswith="无名"
    ).exists()  # nobody is made a person of the population


def test_women_are_cared_for_by_women(at, cast):
    clerk, where = at("2026-10-20"), station()
    woman = stay(clerk, where, sex="2", called="无名女")
    with pytest.raises(Refused, match="女性工作人员"):
        intake.assign_carer(clerk, woman, carer=str(cast["rescuer2"].pk))
    assert intake.assign_carer(clerk, woman, carer=str(cast["rescuer"].pk)).carer == cast["rescuer"]


def test_nobody_is_taken_in_who_was_not_told_and_nobody_writes_from_elsewhere(at):
    where = station()
    with pytest.raises(Refused, match="自愿"):
        stay(at("2026-10-20"), where, told_by=" ")
    with pytest.raises(PermissionDenied):
        stay(at("2026-10-20", "outsider"), where)
    with pytest.raises(PermissionDenied):
        stay(at("2026-10-20", "helper"), where)


def test_the_limit_is_ten_days_and_is_told_of_before_it_ends(at):
    one = stay(at("2026-10-20"), station())
    assert one.until == day("2026-10-30")
    assert night.warn_of_limits(day("2026-10-26")) == 0
    assert night.warn_of_limits(day("2026-10-27")) == 1
    assert night.warn_of_limits(day("2026-10-28")) == 0
    assert Task.objects.get(kind="rescue.ending").reason.endswith("2026年10月30日")


def test_it_is_longer_only_when_another_person_says_so(at):
    clerk, boss = at("2026-10-28", "reviewer"), at("2026-10-29", "approver")
    one = stay(at("2026-10-20"), station())
    asked = intake.ask_extension(clerk, one, days=7, reason="等待DNA比对结果")
    with pytest.raises(PermissionDenied):
        intake.decide_extension(at("2026-10-28"), asked, granted=True)
    with pytest.raises(Refused, match="不能是同一个人"):
        intake.decide_extension(clerk, asked, granted=True)
    with pytest.raises(Refused, match="写明理由"):
        intake.decide_extension(boss, asked, granted=False)
    intake.decide_extension(boss, asked, granted=True)
    assert Stay.objects.get(pk=one.pk).until == day("2026-11-06")
    with pytest.raises(Refused, match="已经决定"):
        intake.decide_extension(boss, asked, granted=True)


def test_an_emergency_goes_to_hospital_and_things_come_back_with_their_owner(at):
    clerk, one = at("2026-10-20"), stay(at("2026-10-20"), station())
    with pytest.raises(Refused, match="哪家医院"):
        intake.check_health(clerk, one, kind="emergency", finding="昏迷")
    intake.check_health(clerk, one, kind="emergency", finding="昏迷", hospital="新晃县人民医院")
    assert Stay.objects.get(pk=one.pk).state == "hospital"
    intake.back_from_hospital(clerk, one)
    intake.list_belongings(
        clerk, one, items="手机 1\n蓝布包，2\n身份不明的钥匙", belongings_by="两名工作人员"
    )
    assert [str(thing) for thing in one.belongings.order_by("pk")] == [
        "手机×1",
        "蓝布包×2",
        "身份不明的钥匙×1",
    ]
    leave(clerk, one, way="own_wish", left_note="本人要走")
    assert set(one.belongings.values_list("returned_on", "returned_to")) == {(day("2026-10-20"), "本人")}
    with pytest.raises(Refused, match="已经离站"):
        intake.check_health(clerk, one, kind="illness", finding="感冒")


@pytest.mark.parametrize(
    ("age", "disabled", "alone"), [(59, False, True), (60, False, False), (30, True, False)]
)
def test_who_cannot_travel_alone_is_escorted_or_collected(at, age, disabled, alone):
    clerk, one = at("2026-10-20"), stay(at("2026-10-20"), station(), age=age, is_disabled=disabled)
    ticket = {"way": "ticket", "destination": "怀化", "ticket": "K1234"}
    if alone:
        assert leave(clerk, one, **ticket).ticket == "K1234"
        return
    with pytest.raises(Refused, match="不能独自返乡"):
        leave(clerk, one, **ticket)
    with pytest.raises(Refused, match="护送人员"):
        leave(clerk, one, way="escorted", destination="怀化市救助站")
    assert leave(clerk, one, way="escorted", destination="怀化市救助站", escorts="吴大勇").state == "left"


def test_a_minor_does_not_leave_alone_and_a_relative_proves_who_they_are(at):
    clerk, girl = at("2026-10-20"), stay(at("2026-10-20"), station(), sex="2", age=17, called="小梅")
    with pytest.raises(Refused, match="未成年人不能自行离站"):
        leave(clerk, girl, way="own_wish")
    with pytest.raises(Refused, match="核验接领人"):
        leave(clerk, girl, way="collected", collector_name="梅妈妈", collector_relation="父母")
    leave(
        clerk, girl, way="collected", collector_name="梅妈妈", collector_relation="父母", collector_id_no=id_no("19850101", "222")
    )  # fmt: skip
    assert Task.objects.get(kind="rescue.minor").state == "withdrawn"


def test_whoever_is_known_is_found_again_counts_as_homeless_meanwhile_and_goes_home_with_a_look_at_benefits(
    at,
):
    clerk, where = at("2026-10-20"), station()
    first = stay(clerk, where, called="杨老汉", id_no=id_no())
    person = first.person
    assert (first.identity, person.name) == ("verified", "杨老汉")
    with pytest.raises(Refused, match="正在救助站"):
        stay(clerk, where, called="杨老汉", id_no=id_no())
    with pytest.raises(Refused, match="另一个姓名"):
        stay(clerk, where, called="张三", id_no=id_no())
    facts = lambda on: person_document(person, day(on))["members"][0]  # noqa: E731
    assert facts("2026-10-20")["homeless_registered"] is True
    leave(at("2026-10-22"), first, way="escorted", destination="新村", escorts="吴大勇", care_region=VILLAGE)
    assert facts("2026-10-22").get("homeless_registered") in (None, False)
    task = Task.objects.get(kind="rescue.benefits")
    assert (task.person_id, task.office_id) == (person.pk, "431227107000")
    again = stay(at("2026-11-20"), where, called="杨老汉", id_no=id_no())
    assert again.previous == first


def test_a_refusal_needs_its_reasons(at):
    clerk, where = at("2026-10-20"), station()
    facts = {
        "station": where,
        "region_id": where.region_id,
        "name": "张三",
        "sex": "1",
        "grounds": "provided",
    }
    with pytest.raises(Refused, match="写具体"):
        intake.refuse_help(clerk, Refusal(reason="不符合", **facts))
    made = intake.refuse_help(clerk, Refusal(reason="本人有稳定住处和工资收入，当天有亲属来接。", **facts))
    assert made.number == "不予救助〔2026〕431227-0001号"
    assert made.region_id[:6] == COUNTY[:6]
