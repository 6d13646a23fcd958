"""Searching: declared weights with reasons, two people decide, a notice goes out by a second person and comes down by itself."""

import pytest

from minzheng.business.rescue import night
from minzheng.business.rescue.identity import decide_match, identify, propose_match
from minzheng.business.rescue.matching import candidates, compare
from minzheng.business.rescue.models import MissingReport, PublicNotice, Search, Stay
from minzheng.business.rescue.searching import (
    add_photo,
    answer_search,
    decide_notice,
    draft_notice,
    record_search,
    report_missing_online,
    take_down,
)
from minzheng.business.rescue.settlement import list_for_settlement, register_household_entry, settle
from minzheng.business.rescue.tests.making import VILLAGE, day, id_no, missing, picture_of, station, stay
from minzheng.foundation.actions import Refused
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.covers(
    "S-164", by="minzheng/business/rescue/matching.py", screen="/desk/rescue/stays/<int:pk>/alike/"
)
def test_it_ranks_by_declared_weights_and_says_why(at):
    clerk = at("2026-10-20")
    one = stay(clerk, station())
    close = missing(clerk)
    far = missing(
        clerk,
        name="王老五",
        birth_year=1990,
        features="光头，戴眼镜",
        dialect="东北口音",
        lost_at="沈阳",
        home="沈阳",
    )
    missing(clerk, name="李阿婆", sex="2")
    missing(clerk, name="赵六", lost_on=day("2026-10-20"))
    later = missing(clerk, name="钱七")
    later.lost_on = day("2026-10-21")
    found = candidates(one, MissingReport.objects.all(), clerk.today)
    assert found[0].report == close
    assert far not in {candidate.report for candidate in found}
    reasons = {reason.label: reason for reason in found[0].reasons}
    assert (reasons["年龄"].points, reasons["年龄"].most, reasons["年龄"].why) == (20, 20, "相差约0岁")
    assert reasons["口音"].points == 10
    assert "左脸有疤" in reasons["体貌"].why
    assert set(found[0].unknown) == {"姓名", "身高"}  # nobody knows: neither for nor against
    total = sum(reason.points for reason in found[0].reasons)
    assert found[0].score == round(100 * total / 75)
    assert compare(one, later, clerk.today) is None
    assert compare(one, MissingReport(sex="2", lost_on=day("2026-01-01")), clerk.today) is None


def test_points_fall_evenly_with_the_years_apart(at):
    clerk = at("2026-10-20")
    one = stay(clerk, station())

    def years(born):
        return next(
            r.points
            for r in compare(one, missing(clerk, birth_year=born), clerk.today).reasons
            if r.label == "年龄"
        )

    assert [years(born) for born in (1956, 1953, 1942, 1941, 1930)] == [20, 16, 1, 0, 0]


def test_two_people_decide_that_it_is_the_same_one(at, cast):
    clerk, boss = at("2026-10-20", "reviewer"), at("2026-10-21", "approver")
    one, report = stay(clerk, station()), missing(clerk)
    match = propose_match(clerk, one, report, basis="左脸的疤位置一样")
    with pytest.raises(Refused, match="已经有人初核"):
        propose_match(clerk, one, report, basis="再来一次")
    with pytest.raises(Refused, match="不能是同一个人"):
        decide_match(clerk, match, same=True, note="我看是")
    with pytest.raises(Refused, match="凭什么认定"):
        decide_match(boss, match, same=True, note=" ")
    decide_match(boss, match, same=True, note="女儿视频辨认")
    one, report = Stay.objects.get(pk=one.pk), MissingReport.objects.get(pk=report.pk)
    assert (report.state, one.identity, one.called) == ("found", "verified", "杨老汉")
    assert one.person.id_no == id_no()
    assert not Task.objects.filter(kind__in=["rescue.match", "rescue.search"], state="open").exists()
    with pytest.raises(Refused, match="已经查明"):
        identify(clerk, one, name="别人", id_no=id_no("19560302", "313"), basis="公安回执1号")


def test_not_the_same_one_leaves_both_open_and_may_be_looked_at_again(at):
    clerk, boss = at("2026-10-20"), at("2026-10-21", "approver")
    one, report = stay(clerk, station()), missing(clerk)
    decide_match(boss, propose_match(clerk, one, report, basis="疤痕相似"), same=False, note="DNA不符")
    assert (Stay.objects.get(pk=one.pk).identity, MissingReport.objects.get().state) == ("unknown", "open")
    assert propose_match(clerk, one, report, basis="补充照片后再看").state == "proposed"


def test_a_notice_goes_out_by_another_person_without_numbers_and_comes_down_by_itself(at):
    clerk, boss = at("2026-10-20", "reviewer"), at("2026-10-20", "approver")
    one = stay(clerk, station())
    with pytest.raises(Refused, match="不能有号码"):
        draft_notice(clerk, one, text="有消息请打13974512340", found_at="汽车站", shows_photo=False)
    with pytest.raises(Refused, match="还没有照片"):
        draft_notice(clerk, one, text="左脸有疤，说湘西话的老人", found_at="汽车站", shows_photo=True)
    notice = draft_notice(clerk, one, text="左脸有疤，说湘西话的老人", found_at="汽车站", shows_photo=False)
    with pytest.raises(Refused, match="不能是同一个人"):
        decide_notice(clerk, notice, publish=True)
    assert decide_notice(boss, notice, publish=True).until == day("2027-01-18")
    assert night.take_down_old_notices(day("2027-01-18")) == 0
    assert night.take_down_old_notices(day("2027-01-19")) == 1
    with pytest.raises(Refused, match="不用撤下"):
        take_down(clerk, notice, reason="到期")


def test_a_photo_comes_after_the_intake_and_a_drafted_notice_keeps_its_own(at):
    clerk, boss = at("2026-10-20"), at("2026-10-20", "approver")
    one = stay(clerk, station())
    first, second = (picture_of(clerk, name) for name in ("正面.jpg", "侧面.jpg"))
    with pytest.raises(Refused, match="这不是照片"):
        add_photo(clerk, one, picture_of(clerk, "回执.pdf", "application/pdf"))
    add_photo(clerk, one, first)
    notice = draft_notice(clerk, one, text="左脸有疤，说湘西话的老人", found_at="汽车站", shows_photo=True)
    assert add_photo(clerk, one, second).photo == second
    assert decide_notice(boss, notice, publish=True).photo == first
    identify(clerk, one, name="杨老汉", id_no=id_no(), basis="公安回执1号")
    with pytest.raises(Refused, match="不再需要"):
        add_photo(clerk, one, first)


def test_a_dna_sample_waits_for_its_answer_once(at):
    clerk = at("2026-10-20")
    one = stay(clerk, station())
    sample = record_search(
        clerk, one, way="dna", asked_of="县公安局刑侦大队", result="waiting", reference="DNA2026-77"
    )
    assert answer_search(clerk, sample, result="none", note="库中无匹配").answered_on == day("2026-10-20")
    with pytest.raises(Refused, match="已经登记过反馈"):
        answer_search(clerk, sample, result="found")
    assert Search.objects.get().note == "库中无匹配"


def test_a_family_hands_in_its_own_report_once(at):
    family = at("2026-10-20", "xiuying")
    facts = {
        "name": "杨大伯", "sex": "1", "lost_on": day("2026-10-01"), "lost_at": "县城", "home": "新村", "features": "驼背",
        "source": "family", "reporter_relation": "其他亲属", "reporter_phone": "13974512340", "region_id": VILLAGE,
    }  # fmt: skip
    assert report_missing_online(family, MissingReport(**facts)).reporter_name == "杨秀英"
    with pytest.raises(Refused, match="已经登记过"):
        report_missing_online(family, MissingReport(**facts))


@pytest.mark.covers(
    "S-161", by="minzheng/business/rescue/settlement.py", screen="/desk/registers/rescue_settlements/"
)
def test_whoever_nobody_can_name_in_three_months_gets_a_name_a_household_and_a_home(at):
    clerk, boss = at("2026-07-20"), at("2026-07-20", "approver")
    one = stay(clerk, station())
    record_search(clerk, one, way="police", asked_of="晃洲派出所", result="none")
    decide_notice(
        boss,
        draft_notice(clerk, one, text="左脸有疤，说湘西话的老人", found_at="汽车站", shows_photo=False),
        publish=True,
    )
    with pytest.raises(Refused, match="还没有满三个月"):
        list_for_settlement(at("2026-10-20"), one)
    assert night.remind_of_settlement(day("2026-10-20")) == 0
    assert [night.remind_of_settlement(day(on)) for on in ("2026-10-21", "2026-10-31", "2026-11-01")] == [
        1,
        0,
        1,
    ]
    listed = list_for_settlement(at("2026-10-21"), one)
    with pytest.raises(Refused, match="已列入，待公安"):
        settle(at("2026-11-05", "approver"), listed)
    entry = {
        "name": "晃安平", "id_no": id_no("19560101", "331"), "police_no": "晃公户〔2026〕9号", "police_on": "2026-11-02",
        "home_region": VILLAGE, "category": "rural", "place": "晃洲镇敬老院",
    }  # fmt: skip
    register_household_entry(at("2026-11-03", "reviewer"), listed, **entry)
    assert not Person.objects.filter(
        name="晃安平"
    ).exists()  # nothing is made of it before the county approves
    with pytest.raises(Refused, match="不能是同一个人"):
        settle(at("2026-11-05", "reviewer"), listed)
    done = settle(at("2026-11-05", "approver"), listed)
    one = Stay.objects.get(pk=one.pk)
    home = Household.objects.get(pk=done.household_id)
    assert (one.way, one.person.name, one.person.hukou_region_id) == ("settled", "晃安平", VILLAGE)
    assert (home.head, home.region_id, home.members_on(day("2026-11-05")).count()) == (one.person, VILLAGE, 1)
    assert Task.objects.get(kind="rescue.benefits").household_id == home.pk
    assert Event.objects.filter(kind="rescue.settled").count() == 1
    assert PublicNotice.objects.get().state == "down"
    assert night.remind_of_settlement(day("2026-12-01")) == 0


def test_the_list_is_not_open_to_whoever_was_not_searched_for(at):
    one = stay(at("2026-07-20"), station())
    with pytest.raises(Refused, match="还没有报公安"):
        list_for_settlement(at("2026-11-20"), one)
