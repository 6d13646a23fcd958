"""What happens in a life reaches the family's dibao, and what had not happened is taken back (handbook 0.7, DC7)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.dibao.handlers import review_what_could_not_be_told
from minzheng.business.assistance.tests.families import CHILD, FATHER, ex01, ex02
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import facts_document
from minzheng.foundation.people.models import LifeEvent, LifeEventKind, Person
from minzheng.foundation.rules import decide

pytestmark = pytest.mark.django_db
OPINION = {"opinion": "同意。"}
DIED, TODAY = dt.date(2026, 5, 31), dt.date(2026, 6, 10)
MONTHS = (5, 6, 7, 8)


@pytest.fixture
def granted(journey):
    """EX01's family: 630.00 from April on."""
    return journey().granted()


def owed() -> list[int]:
    right = Entitlement.objects.get(benefit="dibao")
    return [owed_in(right, dt.date(2026, month, 1)) for month in MONTHS]


@pytest.fixture
def cut(granted):
    """The father's death of 31 May, decided on 10 June: 80.00 from June on."""
    granted.today = TODAY
    granted.move("helper", "death", {"id_no": FATHER, "died_on": str(DIED), "source": "家属报告"})
    granted.move("clerk", "propose_after_death", OPINION)
    granted.move("approver", "confirm_change", OPINION)
    assert owed() == [63_000, 8_000, 8_000, 8_000]
    return granted


@pytest.mark.parametrize(
    "kind", ["prison", "release", "disability", "employment", "graduation", "marriage", "divorce"]
)
def test_whatever_changes_who_is_counted_or_what_comes_in_brings_the_family_up_once(granted, access, kind):
    father = Person.objects.get(id_no=FATHER)
    record_life_event(access("clerk", TODAY), father, LifeEventKind(kind), DIED, "公安户籍")
    granted.case.refresh_from_db()
    assert (granted.case.step, granted.case.reviews.count()) == ("review", 1)
    record_life_event(access("clerk", TODAY), father, LifeEventKind(kind), TODAY, "公安户籍")
    assert granted.case.reviews.count() == 1


def test_a_child_that_is_born_brings_up_the_family_that_does_not_know_it_yet(granted, access):
    home = granted.case.household
    baby = Person.objects.create(name="吴小满", region=home.region, birth_date=DIED)
    home.memberships.create(person=baby, relation="子", since=DIED, order=3)
    record_life_event(access("clerk", TODAY), baby, LifeEventKind.BIRTH, DIED, "出生医学证明")
    granted.case.refresh_from_db()
    assert granted.case.step == "review"


def test_a_death_that_was_not_one_is_paid_back_and_the_case_is_looked_at_again(cut, access):
    undo_life_event(access("reviewer", dt.date(2026, 7, 6)), LifeEvent.objects.get(kind="death"), "同名误登")
    cut.case.refresh_from_db()
    assert owed() == [63_000] * 4
    assert (cut.case.step, cut.case.amount_fen) == ("review", 63_000)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 6, 1), [63_000, 63_000, 8_000, 8_000]),  # the day after: June is whole
        (dt.date(2026, 5, 1), [63_000, 8_000, 8_000, 8_000]),  # the same month
        (dt.date(2026, 4, 30), [8_000, 8_000, 8_000, 8_000]),  # the day before: May is cut too
    ],
)
def test_the_cut_moves_with_the_day_of_the_death(cut, access, day, expected):
    event = LifeEvent.objects.get(kind="death")
    correct_life_event(access("approver", dt.date(2026, 7, 6)), event, day, "死亡证明")
    assert owed() == expected


def test_a_corrected_day_counts_in_a_review_that_is_still_open(granted, access):
    granted.today = TODAY
    granted.move("helper", "death", {"id_no": FATHER, "died_on": str(DIED), "source": "家属报告"})
    event = LifeEvent.objects.get(kind="death")
    correct_life_event(access("approver", TODAY), event, dt.date(2026, 4, 30), "死亡证明")
    granted.case.refresh_from_db()
    granted.move("clerk", "propose_after_death", OPINION)
    granted.move("approver", "confirm_change", OPINION)
    assert owed() == [8_000] * 4


def test_the_right_of_one_who_lived_alone_runs_again_or_ends_on_the_true_day(journey, access):
    def alone(id_no):
        data = ex02(id_no)
        del data["members"][1]
        data["members"][0].update(income_kinds=["none"], labour_ability="无")
        data["members"][0].pop("wage")
        return data

    way = journey(alone).granted()
    way.today = TODAY
    way.move(
        "helper", "death", {"id_no": way.case.applicant.id_no, "died_on": str(DIED), "source": "家属报告"}
    )
    way.move("clerk", "propose_after_death", OPINION)
    way.move("approver", "confirm_stop", OPINION)
    assert owed() == [55_000, 0, 0, 0]
    event = LifeEvent.objects.get(kind="death")
    correct_life_event(access("approver", dt.date(2026, 7, 6)), event, dt.date(2026, 6, 1), "死亡证明")
    assert owed() == [55_000, 55_000, 0, 0]
    undo_life_event(access("approver", dt.date(2026, 8, 3)), event, "误登")
    way.case.refresh_from_db()
    assert owed() == [55_000] * 4
    assert Entitlement.objects.get().state == State.ACTIVE and not way.case.is_finished


@pytest.fixture
def twice(journey):
    """A mother with 300 a month loses the father (31 May), then the child (20 July): 1350.00, 800.00, 250.00."""
    way = journey(lambda number: ex01(number, wage=300)).granted()
    lose(way, FATHER, DIED, TODAY)
    return lose(way, CHILD, dt.date(2026, 7, 20), dt.date(2026, 8, 5))


def lose(way, number: str, died_on: dt.date, today: dt.date):
    way.today = today
    way.move("helper", "death", {"id_no": number, "died_on": str(died_on), "source": "家属报告"})
    way.move("clerk", "propose_after_death", OPINION)
    way.move("approver", "confirm_change", OPINION)
    return way


YEAR = range(5, 11)


@pytest.mark.parametrize(
    ("undone", "expected"),
    [
        ((), [1350, 800, 800, 250, 250, 250]),
        ((CHILD,), [1350, 800, 800, 800, 800, 800]),
        ((FATHER,), [1350, 1350, 1350, 800, 800, 800]),  # the child is dead: from August on for two
        ((FATHER, CHILD), [1350] * 6),
        ((CHILD, FATHER), [1350] * 6),
    ],
)
def test_of_two_deaths_either_can_be_taken_back_to_the_fen(twice, access, undone, expected):
    for number in undone:
        event = LifeEvent.objects.get(kind="death", person__id_no=number)
        undo_life_event(access("reviewer", dt.date(2026, 9, 7)), event, "同名误登")
    right = Entitlement.objects.get(benefit="dibao")
    assert [owed_in(right, dt.date(2026, month, 1)) // 100 for month in YEAR] == expected
    twice.case.refresh_from_db()
    assert twice.case.amount_fen == owed_in(right, dt.date(2026, 10, 1))


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        (FATHER, dt.date(2026, 6, 1), [1350, 1350, 800, 250, 250, 250]),  # the day after: June is whole
        (FATHER, dt.date(2026, 8, 1), [1350, 1350, 1350, 800, 250, 250]),  # after the child
        (CHILD, dt.date(2026, 4, 30), [800, 250, 250, 250, 250, 250]),  # before the father
    ],
)
def test_of_two_deaths_either_can_get_another_day(twice, access, number, day, expected):
    event = LifeEvent.objects.get(kind="death", person__id_no=number)
    correct_life_event(access("approver", dt.date(2026, 9, 7)), event, day, "死亡证明")
    right = Entitlement.objects.get(benefit="dibao")
    assert [owed_in(right, dt.date(2026, month, 1)) // 100 for month in YEAR] == expected


def test_two_deaths_decided_together_each_count_from_the_month_after(journey, access):
    """Told in the other order than they happened; the months between are worth what was left then."""
    way = journey(lambda number: ex01(number, wage=300)).granted()
    way.today = dt.date(2026, 8, 5)
    for number, day in ((CHILD, "2026-07-20"), (FATHER, "2026-05-31")):
        way.move("helper", "death", {"id_no": number, "died_on": day, "source": "家属报告"})
    way.move("clerk", "propose_after_death", OPINION)
    way.move("approver", "confirm_change", OPINION)
    right = Entitlement.objects.get(benefit="dibao")
    assert [owed_in(right, dt.date(2026, month, 1)) // 100 for month in YEAR] == [
        1350,
        800,
        800,
        250,
        250,
        250,
    ]
    event = LifeEvent.objects.get(kind="death", person__id_no=FATHER)
    undo_life_event(access("reviewer", dt.date(2026, 9, 7)), event, "同名误登")
    assert [owed_in(right, dt.date(2026, month, 1)) // 100 for month in YEAR] == [
        1350,
        1350,
        1350,
        800,
        800,
        800,
    ]


def test_a_death_that_comes_while_the_family_is_decided_about_is_looked_at_the_night_after(granted, access):
    granted.today = dt.date(2026, 5, 6)
    granted.move("xiuying", "give_up", {"reason": "收入好转。"})
    father = Person.objects.get(id_no=FATHER)
    record_life_event(access("clerk", TODAY), father, LifeEventKind.DEATH, DIED, "公安注销")
    granted.today = TODAY
    granted.move("approver", "back_to_review", {"reason": "家中有人去世。"})
    for _ in range(2):
        review_what_could_not_be_told(str(TODAY))
        granted.case.refresh_from_db()
        assert granted.case.moves.filter(move="death").count() == 1
    undo_life_event(access("reviewer", TODAY), LifeEvent.objects.get(kind="death"), "同名误登")
    review_what_could_not_be_told(str(TODAY))
    father.refresh_from_db()
    record_life_event(access("clerk", TODAY), father, LifeEventKind.DEATH, TODAY, "公安注销")
    assert granted.case.moves.filter(move="death").count() == 2, "he died after all"


def test_the_family_of_an_applicant_who_dies_is_decided_about_and_another_member_is_paid(journey, access):
    way = journey().submit().accept().survey().conclude()
    applicant = way.case.applicant
    record_life_event(access("clerk", way.today), applicant, LifeEventKind.DEATH, way.today, "公安注销")
    way.case.refresh_from_db()
    way.move("township", "send_back", {"reason": "申请人去世，重新核实。"})
    way.survey().conclude().propose().publicise().decide()
    right = Entitlement.objects.get(benefit="dibao")
    assert right.person.id_no == right.payee.id_no == FATHER


def test_whoever_is_in_custody_is_not_counted_until_the_release(granted, access):
    """The event itself says so: nobody enters it a second time (57号 第七条第二款)."""
    father = Person.objects.get(id_no=FATHER)
    sizes = []
    for kind, day in (
        (LifeEventKind.PRISON, dt.date(2026, 6, 1)),
        (LifeEventKind.RELEASE, dt.date(2026, 9, 1)),
    ):
        record_life_event(access("clerk", day), father, kind, day, "司法机关通知")
        for on in (day - dt.timedelta(days=1), day):
            document = facts_document(granted.case.household, on)
            sizes.append(decide(document | {"standards": "demo"}, want=["size"])["size"])
    assert sizes == [3, 2, 2, 3]
