"""Declarations that cannot work are refused by name; limits and diagram come from the declaration alone."""

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from minzheng.cli import main
from minzheng.foundation.calendar import Unit
from minzheng.foundation.cases.guards import GUARDS
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import MARKS, Clock, Move, ServiceItem, Status, Step
from minzheng.foundation.items.diagram import mermaid
from minzheng.foundation.items.limits import limits
from minzheng.foundation.items.steps import APPLICANT_DIED

SUBMIT = Move(key="submit", title="报名", to="office", marks=("submitted",))
JOIN = Move(key="join", title="同意入会", to="member", marks=("granted",), four_eyes_with=("submit",))
CLUB = ServiceItem(
    code="T1",
    title="网球俱乐部入会",
    summary="加入网球俱乐部。",
    cite="俱乐部章程 第二条",
    form=Form((Section("who", "谁", (Question("name", "姓名", "name"),)),)),
    members="",
    steps=(
        Step(key="draft", title="填写", status=Status.DRAFT, roles=("applicant",), moves=(SUBMIT,)),
        Step(key="office", title="审查", status=Status.SUBMITTED, roles=("township_clerk",), moves=(JOIN,)),
        Step(key="member", title="会员", status=Status.ENDED),
    ),
    clocks=(
        Clock(
            key="answer",
            title="答复",
            starts="submitted",
            stops=("granted",),
            length="dibao_survey_days",
            unit=Unit.WORKDAYS,
            cite="俱乐部章程 第三条",
        ),
    ),
)


def with_move(**changes):
    office = replace(CLUB.steps[1], moves=(replace(JOIN, **changes),))
    return replace(CLUB, steps=(CLUB.steps[0], office, CLUB.steps[2]))


def test_it_finds_nothing_wrong_with_a_good_item():
    assert list(CLUB.problems()) == []


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (with_move(to="nowhere"), "通往没有声明的步骤 nowhere"),
        (with_move(roles=("trainer",)), "角色 trainer 不存在"),
        (with_move(guards=("sunny",)), "guards 里的 sunny 不存在"),
        (with_move(marks=("cheered",)), "marks 里的 cheered 不存在"),
        (with_move(four_eyes_with=("play",)), "four_eyes_with 里的 play"),
        (with_move(notices=("card",)), "没有声明文书"),
        (with_move(routes=(("fast", "member"),)), "不是程序类别"),
        (replace(CLUB, cite=""), "没有写 cite"),
        (replace(CLUB, members="players"), "分组“players”不在表单里"),
        (replace(CLUB, eligibility=("plays_well",)), "规则 plays_well 不存在"),
        (replace(CLUB, delegation="club_delegated"), "参数 club_delegated 不存在"),
        (replace(CLUB, steps=CLUB.steps[:2]), "没有办结的步骤"),
        (
            replace(CLUB, steps=(*CLUB.steps, Step(key="hall", title="大厅", status=Status.CHECKING))),
            "没有任何操作能走到步骤 hall",
        ),
        (replace(CLUB, clocks=(replace(CLUB.clocks[0], cite=""),)), "没有写 cite"),
        (replace(CLUB, clocks=(replace(CLUB.clocks[0], starts="accepted"),)), "没有操作带这个 mark"),
        (replace(CLUB, clocks=(replace(CLUB.clocks[0], promise=5),)), "承诺时限比法定的长"),
    ],
)
def test_it_says_what_is_wrong_and_how_to_mend_it(item, said):
    assert any(said in problem for problem in item.problems()), list(item.problems())


def test_it_leaves_a_limit_open_while_its_starting_day_is_unknown():
    (limit,) = limits(CLUB, {"accepted": dt.date(2026, 3, 2)})
    assert limit.due is None and str(limit) == "答复：提交申请之日起 3个工作日"


def test_it_draws_its_own_diagram():
    assert "draft --> office : 报名" in mermaid(CLUB) and "member --> [*]" in mermaid(CLUB)


def test_its_diagram_shows_where_the_death_of_the_applicant_ends_it():
    """From every step before the decision, and from none after it."""
    drawn = mermaid(replace(CLUB, steps=(*CLUB.steps, APPLICANT_DIED)))
    ended = [line.split()[0] for line in drawn.splitlines() if line.endswith("申请人去世")]
    assert ended == ["draft", "office"]


def run(*arguments):
    """The command in a process of its own, with no database to be had."""
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    return subprocess.run(
        [sys.executable, "-m", "minzheng", *arguments], capture_output=True, text=True, env=environment
    )


def test_it_prints_ex08_and_ex09_without_a_database():
    done = run("clocks", "A1", "--accepted", "2026-03-02", "--posted", "2026-03-20", "--json")
    assert done.returncode == 0, done.stderr
    found = {limit["key"]: limit for limit in json.loads(done.stdout)["limits"]}
    due = {
        key: found[key]["due"] for key in ("survey", "total_delegated", "total", "total_special", "publicity")
    }
    assert due == {
        "survey": "2026-03-05",
        "total_delegated": "2026-03-30",
        "total": "2026-04-14",
        "total_special": "2026-05-08",
        "publicity": "2026-03-27",
    }
    publicity = found["publicity"]
    assert (publicity["next_day"], publicity["next_workday"]) == ("2026-03-28", "2026-03-30")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clocks", "Z9", "--accepted", "2026-03-02"), "没有事项 Z9。可用的事项：A1"),
        (("clocks", "A1", "--accepted", "2026-02-30"), "不是日期，请写成 2026-03-02 这样"),
    ],
)
def test_it_answers_wrong_use_in_chinese_with_status_2(arguments, said, capsys):
    try:
        status = main(arguments)
    except SystemExit as left:  # argparse's own way
        status = left.code
    assert status == 2 and said in capsys.readouterr().err


def test_it_warns_when_a_year_is_not_published_yet(capsys):
    main(["clocks", "A1", "--accepted", "2029-12-03"])
    assert "放假安排尚未公布" in capsys.readouterr().out


@pytest.mark.parametrize("word", [*MARKS, *GUARDS])
def test_it_explains_every_mark_and_guard_in_the_guide(word):
    guide = (Path(__file__).parents[4] / "docs" / "cases.md").read_text(encoding="utf-8")
    assert f"| `{word}` |" in guide


def test_it_takes_the_length_of_a_limit_from_the_figures_of_the_place():
    answer = CLUB.clocks[0]
    assert (answer.period(lambda name: 3).length, answer.period(lambda name: 2).length) == (3, 2)


def test_it_refuses_a_limit_that_no_standard_sets():
    clock = replace(CLUB.clocks[0], length="club_answer_days")
    assert "club_answer_days 不是标准" in "".join(replace(CLUB, clocks=(clock,)).problems())
