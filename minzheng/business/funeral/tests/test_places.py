"""Burial places: nobody is sold a grave without a ground, one spot for one, twenty years and a new cycle (EX25)."""

import threading

import pytest
from django.db import IntegrityError, close_old_connections, transaction

from minzheng.business.funeral.handlers import look_after_the_dead
from minzheng.business.funeral.models import Place, Spot, Term, Use
from minzheng.business.funeral.places import move_out, notice_day, open_place, renew
from minzheng.business.funeral.tests.making import (
    OTHER_VILLAGE,
    body,
    burn,
    day,
    facility,
    home,
    person,
    place,
    rest,
)
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


def dead(**more):
    one = person(**more)
    one.died_on = day("2010-05-01")
    one.save()
    return one


@pytest.mark.covers("S-151", by="minzheng/business/funeral/places.py", screen="/desk/registers/burial_uses/")
@pytest.mark.covers(
    "S-152", by="minzheng/business/funeral/places.py", screen="/desk/registers/burial_places/"
)
def test_ex25_a_niche_is_had_for_twenty_years_and_renewed_for_a_new_cycle(at):
    home()  # an issuer stands behind the county
    clerk = at("2026-10-20")
    use = rest(clerk, place(clerk).spots.first(), dead(), "2010-06-01")
    assert use.until == day("2030-06-01") and notice_day(use, day("2029-01-01")) == day("2030-03-01")
    look_after_the_dead(day="2030-02-28")
    assert not Task.objects.filter(kind="funeral.renewal").exists()
    for _ in range(2):
        look_after_the_dead(day="2030-03-01")
    assert Task.objects.filter(kind="funeral.renewal").count() == 1
    with pytest.raises(Refused, match="2030年3月1日起"):
        renew(at("2030-02-28"), use, years=20)
    with pytest.raises(Refused, match="最长20年"):
        renew(at("2030-03-01"), use, years=21)
    assert renew(at("2030-03-01"), use, years=20).until == day("2050-06-01")
    assert list(Term.objects.values_list("cycle", "since", "until")) == [
        (1, day("2010-06-01"), day("2030-06-01")),
        (2, day("2030-06-01"), day("2050-06-01")),
    ]
    papers = Issued.objects.filter(kind="ashes_place").order_by("pk")
    assert [(one.state, one.valid_until) for one in papers] == [
        ("revoked", day("2030-06-01")),
        ("valid", day("2050-06-01")),
    ]


@pytest.mark.parametrize(
    ("since", "years", "until"),
    [("2012-02-29", 20, "2032-02-29"), ("2012-02-29", 1, "2013-02-28"), ("2012-02-28", 20, "2032-02-28")],
)
def test_a_term_from_a_leap_day_ends_on_the_last_of_february(at, since, years, until):
    clerk = at("2026-10-20")
    use = rest(clerk, place(clerk).spots.first(), dead(), since, years)
    assert use.until == day(until)


def test_no_grave_without_a_ground(at):
    spots = list(place(at("2026-10-20")).spots.all())
    clerk, living = at("2026-10-20"), person(born="1950-01-01")
    with pytest.raises(Refused, match="没有火化证明"):
        rest(clerk, spots[0], dead(), "2026-10-20", proof_no="")
    with pytest.raises(Refused, match="没有死亡登记"):
        rest(clerk, spots[0], living, "2026-10-20")
    with pytest.raises(Refused, match="满80周岁"):
        rest(clerk, spots[0], living, "2026-10-20", presale="old")
    with pytest.raises(Refused, match="证明的编号"):
        rest(clerk, spots[0], living, "2026-10-20", presale="ill", proof_no="")
    assert rest(clerk, spots[0], living, "2026-10-20", presale="ill").pk
    with pytest.raises(Refused, match="满80周岁"):
        rest(clerk, spots[1], person(born="1946-10-21"), "2026-10-20", presale="old")
    assert rest(clerk, spots[1], person(born="1946-10-20"), "2026-10-20", presale="old").pk
    cremated = body(clerk, home(), person(), "2026-10-19")
    burn(clerk, cremated, "2026-10-20")
    use = rest(clerk, spots[2], cremated.person, "2026-10-20", proof_no="")
    assert use.proof_no == Issued.objects.get(kind="cremation").number


@pytest.mark.parametrize(
    ("kind", "opened", "run_by", "refused"),
    [
        ("commercial_cemetery", "2026-03-29", "company", ""),
        ("commercial_cemetery", "2026-03-30", "company", "不再新设经营性公墓"),
        ("public_cemetery", "2026-03-29", "company", ""),
        ("public_cemetery", "2026-03-30", "company", "不能由企业经营"),
        ("public_cemetery", "2026-03-30", "public", ""),
    ],
)
def test_new_ones_are_public_and_those_of_before_go_on(at, kind, opened, run_by, refused):
    ground = facility(kind)
    ground.opened_on, ground.organisation.kind = day(opened), run_by
    if not refused:
        assert open_place(at("2026-10-20"), Place(facility=ground)).region_id == ground.region_id
        return
    with pytest.raises(Refused, match=refused):
        open_place(at("2026-10-20"), Place(facility=ground))


@pytest.mark.covers(
    "S-153", by="minzheng/business/funeral/places.py", screen="/desk/registers/burial_places/"
)
def test_a_villages_cemetery_is_filed_and_for_its_villagers_alone(at):
    clerk = at("2026-10-20")
    village = place(clerk, "village_cemetery")
    spots = list(village.spots.all())
    with pytest.raises(Refused, match="还没有备案"):
        rest(clerk, spots[0], dead(), "2026-10-20")
    village.filing = "filed"
    village.save()
    with pytest.raises(Refused, match="只供本村村民"):
        rest(clerk, spots[0], dead(hukou=OTHER_VILLAGE), "2026-10-20")
    with pytest.raises(Refused, match="没有查到"):
        rest(clerk, spots[0], dead(hukou=None), "2026-10-20")
    assert rest(clerk, spots[0], dead(), "2026-10-20").pk


def test_one_spot_one_use_and_one_resting_place(at):
    clerk, who = at("2026-10-20"), dead()
    first, second = place(clerk).spots.all()[:2]
    use = rest(clerk, first, who, "2026-10-20")
    with pytest.raises(Refused, match="另选一个空的"):
        rest(clerk, first, dead(), "2026-10-20")
    with pytest.raises(Refused, match="已经有安葬"):
        rest(clerk, second, who, "2026-10-20")
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.create(
            spot=first, region_id=first.region_id, person=dead(), since=day("2026-10-20"), until=day("2027-01-01"),
            proof_no="1", family_name="龙",
        )  # fmt: skip
    move_out(clerk, use, ended_on="2026-10-20", reason="迁回祖籍")
    assert rest(clerk, first, dead(), "2026-10-20").pk and rest(clerk, second, who, "2026-10-20").pk


@pytest.mark.django_db(transaction=True)
def test_four_clerks_race_for_the_last_niche_and_one_gets_it(at):
    spot = place(at("2026-10-20"), rows=1, columns=1).spots.get()
    mourned, gate, told = [dead() for _ in range(4)], threading.Barrier(4), []

    def at_the_counter(one):
        gate.wait()
        try:
            told.append(rest(at("2026-10-20"), Spot.objects.get(pk=spot.pk), one, "2026-10-20").pk)
        except Refused as refusal:
            told.append(refusal.messages[0])
        finally:
            close_old_connections()

    threads = [threading.Thread(target=at_the_counter, args=(one,)) for one in mourned]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(one, int) for one in told) == [False, False, False, True]
    assert Use.objects.count() == 1
