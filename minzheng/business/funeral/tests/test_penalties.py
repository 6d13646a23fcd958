"""What the law of the day attaches to an illegal cemetery; where nobody has read the article, no figure is shown as nought."""

import datetime as dt

import pytest

from minzheng.foundation.programmes.penalties import penalty_on
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.registry.words import shelf

LAST, FIRST = dt.date(2026, 3, 29), dt.date(2026, 3, 30)


@pytest.mark.covers("S-156", by="minzheng/foundation/programmes/penalties.py", screen="/desk/programmes/")
def test_the_day_on_which_it_was_found_says_which_law_counts():
    points = {one.code: one for one in shelf(Programme).get("illegal_cemeteries").points}
    assert {code for code, one in points.items() if one.penalty} == {"approved", "clan", "sale", "price"}
    old, new = (penalty_on(points["approved"].penalty, day) for day in (LAST, FIRST))
    assert (old.cite[-4:], old.fine) == ("第十八条", "可以并处违法所得1倍以上3倍以下的罚款")
    assert "国务院令第824号" in new.cite and new.mark == "U"
    assert (new.least, new.fine[:6]) == (None, "罚款幅度待录")


def test_what_the_law_of_the_day_did_not_know_has_no_penalty():
    assert penalty_on("unlisted_charge", LAST) is None
    assert penalty_on("unlisted_charge", FIRST) is not None
