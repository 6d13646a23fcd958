"""`minzheng simulate`: the same sums in a terminal and as JSON; refusals say what to do."""

import json

import pytest

from minzheng.cli import main
from minzheng.datacenter.simulation.tests.families import OTHER_VILLAGE, families
from minzheng.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
EXAMPLE = "docs/reforms/demo-rural-raise.yaml"


@pytest.fixture
def county(regions):
    families(6, 0)
    families(7, 450_000, OTHER_VILLAGE)


def test_it_prints_who_gains_and_what_it_costs(county, capsys):
    assert main(["simulate", EXAMPLE, "--on", "2027-01-01"]) == 0
    said = capsys.readouterr().out
    assert "农村低保标准　4300.00元/年 → 4800.00元/年" in said
    assert "金额提高　6 户　6 人　每月 +250.02元" in said
    assert "波洲镇　提高或新纳入 7 户，降低或不再符合 0 户　每月 +175.00元" in said
    entry = AuditEntry.objects.get(action="simulation.run")
    assert (entry.region, entry.actor) == ("431227000000", None)


def test_it_prints_json_in_whole_fen(county, capsys):
    assert main(["simulate", EXAMPLE, "--json", "--region", "431227107"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["region"]["code"] == "431227107000"
    assert (told["total"]["before_fen"], told["total"]["difference_fen"]) == (6 * 35_833, 6 * 4_167)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([EXAMPLE, "--on", "明年"], "日期“明年”不对"),
        ([EXAMPLE, "--region", "990000"], "没有代码为 990000 的区划"),
        ([EXAMPLE, "--region", "431228"], "没有交集"),
        (["docs/reforms/none.yaml"], "没有找到文件"),
    ],
)  # fmt: skip
def test_it_refuses_with_a_remedy_and_exit_status_two(regions, capsys, arguments, said):
    assert main(["simulate", *arguments]) == 2
    assert said in capsys.readouterr().err
