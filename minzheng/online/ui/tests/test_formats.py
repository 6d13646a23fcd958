"""Money, masks, dates and lamps as people read them."""

import datetime as dt

import pytest

from minzheng.online.ui import formats
from minzheng.online.ui.lamps import lamp


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00元"),
        (5, "0.05元"),
        (63_000, "630.00元"),
        (123_450, "1,234.50元"),
        (-123_401, "-1,234.01元"),
        (None, "未知"),
    ],
)
def test_it_writes_fen_as_yuan(fen, shown):
    assert formats.money(fen) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (99_999, "99,999"),
        (100_000, "10.0万"),
        (99_999_999, "10,000.0万"),
        (100_000_000, "1.0亿"),
        (None, "未知"),
    ],
)
def test_it_shortens_large_counts(number, shown):
    assert formats.big_number(number) == shown


def test_it_writes_dates_in_chinese_and_moments_in_chinas_time():
    assert formats.cn_date(dt.date(2026, 7, 1)) == "2026年7月1日"
    late = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
    assert formats.cn_datetime(late) == "2027年1月1日 00:30"
    assert formats.cn_month(late) == "2027年1月"
    assert formats.cn_date(None) == ""


@pytest.mark.parametrize(
    ("remaining", "limit", "tone", "text"),
    [
        (5, 20, "ok", "还剩5个工作日"),
        (4, 20, "warn", "还剩4个工作日"),  # 80 % of 20 days are used
        (2, 3, "ok", "还剩2个工作日"),
        (1, 3, "warn", "还剩1个工作日"),
        (0, 20, "warn", "今天到期"),
        (-1, 20, "bad", "已超期1个工作日"),
        (None, None, "neutral", "不计时"),
    ],
)
def test_it_lights_the_lamp_of_a_clock(remaining, limit, tone, text):
    shown = lamp(remaining, limit)
    assert (shown.tone, shown.text) == (tone, text)


def test_it_never_calls_a_paused_clock_overdue():
    assert lamp(-3, 20, paused=True).tone == "neutral"
