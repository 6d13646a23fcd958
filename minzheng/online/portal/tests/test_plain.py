"""What a family is told of the conditions that decided its case."""

from types import SimpleNamespace

import pytest

from minzheng.foundation.items.catalogue import item_of
from minzheng.online.portal.progress.plain import PlainDecision


def told(granted, jobless, repeated):
    """(condition, answer) of an urgent case (A6): for one who is in need or out of work, and not helped before."""
    inputs = {"jobless": jobless, "emergency_repeated": repeated}
    ground = {
        "name": "emergency",
        "value": granted,
        "inputs": list(inputs),
        "against": ["emergency_repeated"],
    }
    read = [{"name": name, "label": name, "value": value, "cite": ""} for name, value in inputs.items()]
    case = SimpleNamespace(service_item=item_of("A6"), assessment={"trace": [*read, ground]})
    return [(one.label, one.answer) for one in PlainDecision(case).conditions]


@pytest.mark.parametrize(
    ("granted", "jobless", "repeated", "expected"),
    [
        (True, False, False, [("emergency_repeated", "没有这种情形")]),  # a fire: not out of work, no failing
        (True, True, False, [("jobless", "符合"), ("emergency_repeated", "没有这种情形")]),
        (True, None, False, [("emergency_repeated", "没有这种情形")]),
        (False, False, False, [("jobless", "不符合"), ("emergency_repeated", "没有这种情形")]),
        (False, True, True, [("jobless", "符合"), ("emergency_repeated", "有这种情形")]),
        (None, None, False, [("jobless", "还不能确定"), ("emergency_repeated", "没有这种情形")]),
    ],
)
def test_it_tells_of_what_bore_the_decision_and_of_what_must_not_be_in_words_of_its_own(
    granted, jobless, repeated, expected
):
    assert told(granted, jobless, repeated) == expected
