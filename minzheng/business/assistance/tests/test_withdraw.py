"""A family may take its application back at any time before the decision."""

import pytest
from django.core.exceptions import PermissionDenied

STAGES = {
    "draft": lambda way: way,
    "completeness": lambda way: way.submit(),
    "survey": lambda way: way.submit().accept(),
    "opinion": lambda way: way.submit().accept().survey().conclude(),
    "publicity": lambda way: way.submit().accept().survey().conclude().propose(),
    "confirm_county": lambda way: way.submit().accept().survey().conclude().propose().publicise(),
}


@pytest.mark.parametrize("step", STAGES)
def test_it_is_taken_back_before_the_decision(journey, step):
    way = STAGES[step](journey())
    assert way.case.step == step
    way.move("xiuying", "withdraw", {})
    assert (way.case.status, way.case.outcome) == ("closed", "withdrawn")
    assert not way.case.clocks.filter(stopped_on=None).exists()
    assert not way.case.persons.filter(is_live=True).exists()


def test_it_is_not_taken_back_after_the_decision_nor_by_a_stranger(journey):
    way = journey().submit()
    with pytest.raises(PermissionDenied):
        way.move("finance", "withdraw", {})
    way.accept().survey().conclude().propose().publicise().decide()
    assert "withdraw" not in {move.key for move in way.case.at_step.moves}
