"""Three answers: yes, no, undetermined (Kleene), and the few facts an undetermined answer really waits for."""

import pytest

from .toy import HEAD, PERSON, counter, document

YES, NO, UNKNOWN = "是", "否", "未知"


def decide(text, household=None, members=(), want=None, **standards):
    made = counter(text, **standards)
    return made.decide(made.facts(document(household, members)), want)


def waits(decision, name="r"):
    return [
        wait.name if wait.member is None else f"{wait.member}.{wait.name}" for wait in decision.missing(name)
    ]


TWO = (
    '@person("甲", cite="乙")\ndef p(sings, solo):\n    return {}\n\n'
    + HEAD
    + "def r(x=any_of('p')):\n    return x\n"
)


@pytest.mark.parametrize(
    ("a", "b", "conjunction", "disjunction"),
    [
        (YES, YES, True, True),
        (YES, NO, False, True),
        (NO, NO, False, False),
        (YES, UNKNOWN, None, True),
        (NO, UNKNOWN, False, None),
        (UNKNOWN, UNKNOWN, None, None),
    ],
)
def test_it_follows_kleene_in_both_orders(a, b, conjunction, disjunction):
    for first, second in ((a, b), (b, a)):
        member = [{"sings": first, "solo": second}]
        assert decide(TWO.format("sings and solo"), members=member)["r"] is conjunction
        assert decide(TWO.format("sings or solo"), members=member)["r"] is disjunction


def test_it_keeps_unknown_through_not_and_arithmetic_and_comparison():
    for expression in ("not hall", "rent < fee_limit"):
        text = f"{HEAD}def r(hall, rent, fee_limit):\n    return {expression}\n"
        assert decide(text, fee_limit=5)["r"] is None
    for expression in ("rent + rent", "-rent", "rent * chairs", "rent // 12", "max(rent, 0)", "abs(rent)"):
        text = f"{HEAD}def r(rent, chairs):\n    return {expression}\n"
        assert decide(text, {"chairs": 1})["r"] is None


CHOICE = HEAD + "def r(hall, rent, purse):\n    return rent if hall else rent + rent - rent\n"


def test_it_knows_a_choice_under_an_unknown_test_only_if_both_branches_agree():
    assert decide(CHOICE, {"hall": UNKNOWN, "rent": "5元/年"})["r"] == 500
    differ = HEAD + "def r(hall, rent):\n    return rent if hall else 0\n"
    assert decide(differ, {"hall": UNKNOWN, "rent": "5元/年"})["r"] is None
    assert decide(differ, {"hall": UNKNOWN, "rent": 0})["r"] == 0
    assert decide(differ, {"hall": NO, "rent": UNKNOWN})["r"] == 0


SUMS = HEAD + "def r(x={}('{}')):\n    return x\n"


@pytest.mark.parametrize(
    ("how", "sings", "result"),
    [
        ("any_of", [NO, YES], True),
        ("any_of", [UNKNOWN, YES], True),
        ("any_of", [YES, UNKNOWN], True),
        ("any_of", [NO, UNKNOWN], None),
        ("any_of", [NO, NO], False),
        ("any_of", [], False),
        ("all_of", [YES, YES], True),
        ("all_of", [UNKNOWN, NO], False),
        ("all_of", [NO, UNKNOWN], False),
        ("all_of", [YES, UNKNOWN], None),
        ("all_of", [], True),
        ("count", [YES, NO, YES], 2),
        ("count", [YES, UNKNOWN], None),
        ("count", [], 0),
    ],
)
def test_it_gathers_members_with_unknowns(how, sings, result):
    assert (
        decide(SUMS.format(how, "sings"), members=[{"sings": one} for one in sings])["r"] is result
        or result == 2
    )


def test_it_does_not_know_a_total_with_one_unknown_member():
    assert decide(SUMS.format("total", "fee"), members=[{"fee": "1元/年"}, {"fee": "2元/年"}])["r"] == 300
    assert decide(SUMS.format("total", "fee"), members=[{"fee": "1元/年"}, {}])["r"] is None


def test_it_takes_division_by_zero_as_undetermined_and_says_where():
    for expression in ("rent // chairs", "round_half_up(rent, chairs)"):
        decision = decide(
            f"{HEAD}def r(rent, chairs):\n    return {expression}\n", {"rent": "5元/年", "chairs": 0}
        )
        assert decision["r"] is None
        assert "除数为零" in decision.explain()


def test_it_never_divides_by_zero_in_the_branch_not_taken():
    text = f"{HEAD}def r(rent, chairs):\n    return rent // chairs if chairs > 0 else 0\n"
    assert decide(text, {"rent": "5元/年", "chairs": 0})["r"] == 0


def test_it_takes_a_missing_standard_as_undetermined_and_names_it():
    text = f"{HEAD}def r(rent, fee_limit):\n    return rent < fee_limit\n"
    decision = decide(text, {"rent": "5元/年"})
    assert decision["r"] is None
    assert waits(decision) == ["fee_limit"]
    assert "标准“年费上限”在 43 没有 2021-09-01 的数值" in decision.explain()


def test_it_waits_for_nothing_when_the_answer_is_known():
    text = f"{HEAD}def r(hall, rent, fee_limit):\n    return hall and rent < fee_limit\n"
    assert waits(decide(text, {"hall": NO})) == []


def test_it_waits_only_for_what_could_still_change_the_answer():
    text = f"{HEAD}def r(hall, rent, chairs):\n    return hall and (rent > 0 or chairs > 0)\n"
    assert waits(decide(text, {"hall": YES, "rent": 0})) == ["chairs"]
    assert waits(decide(text, {"hall": YES})) == ["rent", "chairs"]
    assert waits(decide(text, {"rent": "1元/年"})) == ["hall"]


def test_it_waits_for_the_test_before_the_branches():
    text = f"{HEAD}def r(hall, rent, purse):\n    return rent > 0 if hall else purse > 0\n"
    assert waits(decide(text)) == ["hall"]
    assert waits(decide(text, {"hall": YES})) == ["rent"]


def test_it_names_the_member_whose_fact_is_missing():
    text = f"{PERSON}def p(voice, fee):\n    return fee if voice == '高' else 0\n\n{HEAD}def r(x=total('p')):\n    return x\n"
    decision = decide(
        text, members=[{"who": "甲", "voice": "高"}, {"who": "乙", "voice": "低"}, {"who": "丙"}]
    )
    assert waits(decision) == ["0.fee", "2.voice"]
    assert "甲的〈fee〉（fee），可向合唱团核实" in decision.explain()


def test_it_lets_an_explicit_unknown_go_before_a_default():
    text = SUMS.format("any_of", "solo")
    assert decide(text, members=[{}])["r"] is False
    assert decide(text, members=[{"solo": UNKNOWN}])["r"] is None
