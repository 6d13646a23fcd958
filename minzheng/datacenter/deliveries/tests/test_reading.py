"""A department's file is read whole or refused, and every row is judged by plain rules."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from minzheng.datacenter.deliveries.deliveries import CREMATIONS, CUSTODY, MEDICAL_SPENDING
from minzheng.datacenter.deliveries.quality import judge
from minzheng.datacenter.deliveries.reading import read_file
from minzheng.datacenter.deliveries.tests.conftest import number
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number

TODAY = dt.date(2026, 11, 20)
HEAD = "身份证号,姓名,出生日期,死亡日期"


def judged(*rows, form=CREMATIONS, head=HEAD, encoding="utf-8"):
    return judge(read_file("\n".join([head, *rows, ""]).encode(encoding), form), form, TODAY)


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_reads_the_encodings_that_offices_send(encoding):
    found = judged(f"{number(1)},杨㐂,1950-01-01,2026-10-05", encoding=encoding)
    assert found.values["name"].to_pylist() == ["杨㐂"] and not found.problems


def test_it_reads_a_sheet_with_a_title_other_header_names_and_real_dates():
    content = xlsx(
        ("2026年10月火化名单",),
        ("序号", "公民身份号码", "姓 名", "出生年月日", "死亡时间"),
        (1, number(1), "杨一福", dt.date(1950, 1, 1), dt.datetime(2026, 10, 5)),
        (2, int(number(2)[:17]) * 10, "吴二妹", None, "2026年10月6日"),
    )
    found = judge(read_file(content, CREMATIONS), CREMATIONS, TODAY)
    assert found.values["died_on"].to_pylist() == ["2026-10-05", "2026-10-06"]
    assert found.table.numbers.tolist() == [3, 4]
    assert found.counts() == {"lost": 1} and found.unnumbered.tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (f"{HEAD}\n".encode(), "下面一行数据也没有"),
        ("姓名,车牌\n杨一福,湘N12345\n".encode(), "身份证号.*死亡日期|死亡日期"),
        ("甲,乙\n1,2\n".encode(), "没有找到“火化证明”的列名"),
        (f"{HEAD}\n{number(1)},杨一福,1950-01-01,2026-10-05\n{number(2)},杨".encode(), "没有传完整"),
        (f'{HEAD}\n{number(1)},"杨一福,1950-01-01,2026-10-05\n'.encode(), "引号没有配对"),
        ("身份证号,身份证号,姓名,死亡日期\n1,1,2,3\n".encode(), "同一个列名"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\xff", "编码"),
        (b"PK\x03\x04 half a sheet", "不是 .xlsx"),
        (
            xlsx(("身份证号", "姓名", "死亡日期"), (number(1), "杨一福", "2026-10-05"))[:-900],
            "不是 .xlsx|没有传完整",
        ),
    ],
)
def test_it_refuses_a_broken_file_and_says_what_to_do(content, said):
    with pytest.raises(Refused, match=said) as refused:
        read_file(content, CREMATIONS)
    assert "请" in " ".join(refused.value.messages)


def test_it_refuses_a_zip_bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (301 * 1024 * 1024))
    with pytest.raises(Refused, match="展开后太大"):
        read_file(held.getvalue(), CREMATIONS)


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (f"{number(1)},杨一福,1950-01-01,2026-11-20", ""),
        (f"{number(1)},杨一福,1950-01-01,2026-11-21", "future"),
        (f"{number(1)},杨一福,1950-01-01,2024-02-29", ""),
        (f"{number(1)},杨一福,1950-01-01,2025-02-29", "date"),
        (f"{number(1)},杨一福,1950-01-01,20261005", ""),
        (f"{number(1)},杨一福,1950-01-01,2026/10/5", ""),
        (f"{number(1)},杨一福,1950-01-01,去年", "date"),
        (f"{number(1)},杨一福,1950-01-01,", "blank"),
        (f"{number(1)},,1950-01-01,2026-10-05", "blank"),
        (f"{number(1)},杨一福,1950-01-01,2026-10-05,多", "ragged"),
        (f"{number(1)[:17]},杨一福,1950-01-01,2026-10-05", "number"),
        (",杨一福,1950-01-01,2026-10-05", ""),
    ],
)
def test_it_names_the_rule_that_a_row_breaks(cells, rule):
    assert list(judged(cells).counts()) == ([rule] if rule else [])


def test_it_judges_numbers_as_the_counter_does():
    asked = [
        number(place, born) for place, born in enumerate(("19500101", "20000229", "19000229", "20270101"))
    ]
    asked += [asked[0][:17] + "5", asked[0][:10] + "99" + asked[0][12:], asked[0].lower()]
    found = judged(*(f"{one},杨一福{place},1950-01-01,2026-10-05" for place, one in enumerate(asked)))

    def is_right(one):
        try:
            return bool(parse_id_number(one, TODAY))
        except IdNumberError:
            return False

    assert found.values["id_no"].is_valid().to_pylist() == [is_right(one) for one in asked]


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("1,020.5", 102050),
        ("￥300元", 30000),
        ("1.005", None),
        ("-1", None),
        ("一千", None),
        ("3.10", 310),
    ],
)
def test_it_reads_money_to_the_fen_or_not_at_all(typed, fen):
    found = judged(
        f'{number(1)},杨一福,"{typed}"', form=MEDICAL_SPENDING, head="身份证号,姓名,近12个月个人自付"
    )
    assert found.values["self_paid"].to_pylist() == [fen]
    assert list(found.counts()) == ([] if fen is not None else ["money"])


def test_it_takes_only_the_agreed_codes_and_counts_a_row_twice_once():
    head = "身份证号,姓名,状态"
    rows = (f"{number(1)},杨一福,强戒", f"{number(1)},杨一福,强戒", f"{number(2)},吴二妹,取保候审")
    found = judged(*rows, form=CUSTODY, head=head)
    assert found.values["status"].to_pylist()[0] == "强制隔离戒毒"
    assert found.counts() == {"code": 1, "twice": 1} and found.rejected.tolist() == [False, True, True]
