"""A new installation begins with three administrators, who are three people; then nobody gets in this way any more."""

import pytest

from minzheng.demo.cast import COUNTY
from minzheng.foundation.accounts.cli import run_begin
from minzheng.foundation.accounts.models import Assignment, Role, User

THREE = [
    ["sysadmin", "贺平", "431227198001010015"],
    ["secadmin", "杨柳", "431227198703210046"],
    ["audadmin", "龙海", "43122719820819005X"],
]


@pytest.fixture
def typed(monkeypatch):
    def answers(*people):
        given = iter([answer for person in people for answer in person])
        monkeypatch.setattr("builtins.input", lambda prompt: next(given))

    return answers


def begin(region=COUNTY):
    return run_begin(type("Arguments", (), {"region": region}))


def test_it_opens_the_three_with_their_roles_and_shows_the_passwords_once(typed, regions, capsys):
    typed(*THREE)

    assert begin() == 0

    told = capsys.readouterr().out
    held = {one.user.username: one.role for one in Assignment.objects.select_related("user")}
    assert held == {
        "sysadmin": Role.SYSTEM_ADMIN,
        "secadmin": Role.SECURITY_ADMIN,
        "audadmin": Role.AUDIT_ADMIN,
    }
    password = next(line.split()[-1] for line in told.splitlines() if "sysadmin" in line)
    assert User.objects.get(username="sysadmin").check_password(password)


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ([THREE[0], ["other", "贺平", THREE[0][2]], THREE[2]], "须是不同的人"),
        ([THREE[0], THREE[1], ["audadmin", "龙海", "431227198208190051"]], "龙海"),
    ],
)
def test_it_opens_none_when_one_is_wrong(typed, regions, capsys, people, says):
    typed(*people)

    assert begin() == 1
    assert says in capsys.readouterr().err
    assert not User.objects.exists()


def test_it_refuses_where_administrators_are_already(typed, cast, capsys):
    typed(*THREE)

    assert begin() == 1
    assert "已经有管理员" in capsys.readouterr().err
