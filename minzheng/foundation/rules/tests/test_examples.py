"""Every policy example of every line, in both readings."""

import pytest

from minzheng.foundation.rules import FactsError, default_counter, kernel
from minzheng.foundation.rules.deciding import line_folders
from minzheng.foundation.rules.examples import Example, read_examples, run_examples

COUNTER = default_counter()
EXAMPLES = read_examples(line_folders(), COUNTER)


@pytest.fixture(scope="module")
def outcomes():
    return {id(outcome.example): outcome for outcome in run_examples(COUNTER, EXAMPLES)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}:{example.title}")
def test_the_example_holds_in_both_readings(example, outcomes):
    assert outcomes[id(example)].failures == []


def test_every_example_holds_in_the_text_that_is_compiled(monkeypatch):
    """Every version of the law, as Python runs it; that the compiler means the same by it: test_readings."""
    monkeypatch.setattr(kernel, "compile_kernel", run_by_python)
    ran = run_examples(COUNTER, EXAMPLES, compiled=True)
    assert {outcome.example.title: outcome.failures for outcome in ran if outcome.failures} == {}


def run_by_python(text):
    module = {}
    exec(text.replace("from numba import njit", "njit = lambda **_: lambda function: function"), module)
    return module["kernel"]


def test_it_reports_a_wrong_expectation_of_every_sort():
    right = next(example for example in EXAMPLES if example.title.startswith("EX01"))
    expect = {
        "dibao": "否",
        "edge": "未定",
        "no_such_rule": 1,
        "reasons": ["reason_cars"],
        "missing": ["wage"],
        "members": {"父亲": {"counted": "否"}, "叔叔": {"counted": "是"}},
    }
    (outcome,) = run_examples(COUNTER, [Example("错", right.file, right.facts, expect)])
    assert len(outcome.failures) == 7


def test_it_refuses_an_example_that_expects_nothing(tmp_path):
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "a.yaml").write_text("examples: [{title: 甲, on: 2021-01-01}]", encoding="utf-8")
    with pytest.raises(FactsError, match="《甲》没有 expect"):
        read_examples([tmp_path], COUNTER)


def test_every_rule_is_exercised_with_more_than_one_outcome():
    """A rule that gives the same answer in all examples is not really tested."""
    seen: dict[str, set] = {}
    for example in EXAMPLES:
        decision = COUNTER.decide(example.facts, COUNTER.book.law(example.facts.on).order)
        for values in (decision.values, *decision.member_values):
            for name, value in values.items():
                seen.setdefault(name, set()).add(value)
    assert {name for name, values in seen.items() if len(values - {None}) < 2} == set()
