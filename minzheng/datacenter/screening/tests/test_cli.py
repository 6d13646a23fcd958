"""`minzheng screen`: every county with people, unless one is named; nothing that has not happened yet."""

from minzheng.cli import main
from minzheng.datacenter.screening.models import Finding


def test_it_screens_every_county_that_has_people_when_none_is_named(county, region, capsys):
    assert main(["screen", "--month", "2026-10"]) == 0
    said = capsys.readouterr().out
    assert "新晃侗族自治县 2026-10：筛查" in said and "芷江" not in said
    assert Finding.objects.exists()


def test_it_says_what_to_do_about_an_unknown_county(county, region, capsys):
    assert main(["screen", "--month", "2026-10", "--region", "999999"]) == 1
    assert "请核对代码" in capsys.readouterr().err
    assert not Finding.objects.exists()


def test_it_refuses_a_month_that_has_not_begun(county, region, capsys):
    assert main(["screen", "--month", "2999-01"]) == 2
    assert "还没有开始" in capsys.readouterr().err
    assert not Finding.objects.exists()
