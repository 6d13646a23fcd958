"""What people type, what is kept, and what they are told when it cannot be right."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.foundation.forms import Question, show
from minzheng.foundation.forms.kinds import Problem, parse

TODAY = dt.date(2026, 11, 2)
REASONS = (("illness", "疾病"), ("disability", "残疾"), (3, "其他"))


def ask(kind, **more):
    return Question("q", "问题", kind, **more)


@pytest.mark.parametrize(
    ("question", "typed", "kept", "shown"),
    [
        (ask("text"), "  东街5号\r\n二组\x00 ", "东街5号\n二组", "东街5号\n二组"),
        (ask("name"), " 阿依古丽•买买提 ", "阿依古丽·买买提", "阿依古丽·买买提"),
        (ask("id_no"), " 11010519491231002x ", "11010519491231002X", "110105********002X"),
        (ask("phone"), "+86 139-1234-5678", "13912345678", "139****5678"),
        (ask("phone"), "0745-6222345", "07456222345", "074****2345"),
        (ask("bank_account"), "6217 0012 3456 7890 123", "6217001234567890123", "***************0123"),
        (ask("date"), "2026年3月5日", "2026-03-05", "2026年3月5日"),
        (ask("date"), "20260305", "2026-03-05", "2026年3月5日"),
        (ask("date"), "2026/3/5", "2026-03-05", "2026年3月5日"),
        (ask("month"), "2026年3月", "2026-03", "2026年3月"),
        (ask("number", unit="亩"), "３", 3, "3亩"),
        (ask("number", decimals=1, unit="平方米"), "82.5", 82.5, "82.5平方米"),
        (ask("money"), "1,020.5元", 102050, "1,020.50元"),
        (ask("money"), "0", 0, "0.00元"),
        (
            ask("money_flow"),
            {"amount": "4300", "period": "year"},
            {"fen": 430000, "period": "year"},
            "每年4,300.00元",
        ),
        (ask("choice", options=REASONS), "illness", "illness", "疾病"),
        (ask("choice", options=REASONS), "3", 3, "其他"),
        (ask("choices", options=REASONS), ["3", "illness"], ["illness", 3], "疾病、其他"),
        (ask("yes_no"), "否", False, "否"),
        (ask("yes_no"), True, True, "是"),
        (ask("agree"), "on", True, "已同意"),
        (ask("files"), ["7", 9], [7, 9], "2个文件"),
    ],
)
def test_it_keeps_what_was_meant_and_says_it_back(question, typed, kept, shown):
    value = parse(question, typed, TODAY)
    assert value == kept
    assert parse(question, value, TODAY) == kept, "cleaning twice changes nothing"
    assert show(question, value) == shown


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        (ask("text", max=5), "一二三四五六", "最多5个字，您写了6个字"),
        (ask("name"), "杨", "完整姓名"),
        (ask("name"), "杨秀英1", "不应有数字"),
        (ask("id_no"), "431227197903080020", "逐位核对"),
        (ask("phone"), "1391234567", "11位"),
        (ask("phone"), "12912345678", "11位"),
        (ask("bank_account"), "12345678901", "12至24位"),
        (ask("date"), "2026-02-29", "真实的日期"),
        (ask("date"), "2026-11", "真实的日期"),
        (ask("date"), "0001-01-01", "真实的日期"),
        (ask("month"), "2026-13", "年份和月份"),
        (ask("month"), "9999-12", "年份和月份"),
        (ask("number"), "1.5", "整数"),
        (ask("number", min=1), "0", "不能小于1"),
        (ask("number", max=6), "7", "不能大于6"),
        (ask("money"), "-1", "不能是负数"),
        (ask("money"), "一千", "只填数字"),
        (ask("money"), "1.005", "到分"),
        (ask("money"), "1e9", "只填数字"),
        (ask("money", max=100_00), "100.01", "不能多于100.00元"),
        (ask("money_flow"), {"amount": "5", "period": ""}, "每月的还是每年的"),
        (ask("money_flow"), {"amount": "-5", "period": "month"}, "不能是负数"),
        (ask("choice", options=REASONS), "fire", "选一个"),
        (ask("choices", options=REASONS), ["illness", "fire"], "选项中选择"),
        (ask("choices", options=(*REASONS, ("none", "都没有"))), ["none", "illness"], "选了“都没有”"),
        (ask("yes_no"), "也许", "“是”或“否”"),
        (ask("agree"), None, "勾选"),
        (ask("agree"), "no", "勾选"),
        (ask("file"), ["1", "2"], "留下一个"),
        (ask("file"), ["../etc"], "重新选择文件"),
    ],
)
def test_it_says_what_to_do(question, typed, says):
    with pytest.raises(Problem, match=says):
        parse(question, typed, TODAY)


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {"amount": "", "period": "month"}])
def test_it_knows_nothing_from_zero(nothing):
    assert parse(ask("money_flow"), nothing, TODAY) is None
    assert parse(ask("money_flow"), {"amount": "0", "period": "month"}, TODAY) == {
        "fen": 0,
        "period": "month",
    }


@pytest.mark.parametrize(
    ("tense", "yesterday", "today", "tomorrow"),
    [("past", True, True, False), ("future", False, True, True), ("any", True, True, True)],
)
def test_it_draws_the_line_at_today(tense, yesterday, today, tomorrow):
    for shift, allowed in ((-1, yesterday), (0, today), (1, tomorrow)):
        date = (TODAY + dt.timedelta(days=shift)).isoformat()
        if allowed:
            assert parse(ask("date", tense=tense), date, TODAY) == date
        else:
            with pytest.raises(Problem, match=r"还没有到|已经过去"):
                parse(ask("date", tense=tense), date, TODAY)


def test_it_counts_the_running_month_as_both_past_and_future():
    assert parse(ask("month", tense="past"), "2026-11", TODAY) == "2026-11"
    assert parse(ask("month", tense="future"), "2026-11", TODAY) == "2026-11"
    with pytest.raises(Problem, match="2026年12月还没有到"):
        parse(ask("month", tense="past"), "2026-12", TODAY)
    with pytest.raises(Problem, match="2026年10月已经过去"):
        parse(ask("month", tense="future"), "2026-10", TODAY)


@given(st.integers(0, 10**13))
def test_it_never_loses_a_fen(fen):
    assert parse(ask("money"), f"{fen // 100}.{fen % 100:02d}", TODAY) == fen


def test_it_takes_only_a_village_or_community_in_force(regions):
    assert parse(ask("region"), "431227107203", TODAY) == "431227107203"
    assert show(ask("region"), "431227107203") == regions["431227107203"].full_name
    for wrong in ("431227107000", "999999999999", "somewhere"):
        with pytest.raises(Problem, match="从名单中选择"):
            parse(ask("region"), wrong, TODAY)
