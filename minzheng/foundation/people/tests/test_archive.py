"""The archive: every declared strand can be asked, scoped and ordered; birthdays come from the standards."""

import datetime as dt

import pytest

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.people.archive import Reader
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.people.words import Chapter, Whose
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


class All:
    """Whoever may read everything, everywhere."""

    today = TODAY
    user = None

    def may(self, permission, region=None):
        return True

    def scope(self, permission, rows, field="region_id"):
        return rows.exclude(**{field: "000000000000"})


def test_it_can_ask_every_strand_of_every_chapter(cast, django_assert_max_num_queries):
    head = cast["xiuying"].person
    home = Household.objects.create(region_id=VILLAGE, category="rural", head=head, since=TODAY)
    whose = Whose((head.pk,), home.pk, TODAY)
    with django_assert_max_num_queries(110):
        for own in (False, True):
            reader = Reader(All(), own=own)
            reader.past(whose)
            reader.ahead(whose, [head])
    assert {"cases", "benefits", "tasks", "services", "certificates", "life"} <= {
        one.code for one in shelf(Chapter)
    }


@pytest.mark.parametrize(
    ("born", "on", "title"),
    [
        (dt.date(1946, 11, 22), TODAY, "满80周岁"),
        (dt.date(1946, 11, 21), dt.date(2036, 11, 21), "满90周岁"),
        (dt.date(2008, 11, 23), dt.date(2068, 11, 23), "满60周岁"),
        (dt.date(1968, 2, 29), dt.date(2028, 2, 29), "满60周岁"),
    ],
)
def test_it_tells_the_next_birthday_that_moves_something(born, on, title):
    person = Person(name="某人", birth_date=born, region_id=VILLAGE)
    ahead = Reader(All()).ahead(Whose((0,), None, TODAY), [person])
    assert [(one.on, one.said.title) for one in ahead] == [(on, title)]
    person.died_on = TODAY
    assert Reader(All()).ahead(Whose((0,), None, TODAY), [person]) == []
