"""The reserve pages: who sees which fund, what each may do, the year's list."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from minzheng.business.assistance.tests.emergency_journey import DAY, Emergency, fund_of
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.reserves.balance import balance_of
from minzheng.online.desk.tests.conftest import as_user, media, on_day

__all__ = ["as_user", "media", "on_day"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(access):
    made = fund_of(access)
    Emergency(access).seen().paid()
    return made


def address(name, *args):
    return reverse(f"desk:reserves:{name}", args=args)


def test_it_shows_each_fund_only_in_its_own_county(as_user, fund, on_day):
    on_day(DAY)
    for who, status in [
        ("clerk", 200),
        ("finance", 200),
        ("auditor", 200),
        ("outsider", 404),
        ("province", 403),
    ]:
        assert as_user(who).get(address("fund", fund.pk)).status_code == status
    assert "晃洲镇" not in as_user("outsider").get(address("index")).content.decode()


def test_it_looks_at_those_who_were_helped_on_the_record(as_user, fund, cast, on_day):
    on_day(DAY)
    as_user("auditor").get(address("fund", fund.pk))
    entry = AuditEntry.objects.filter(title="查看备用金凭证").latest("id")
    assert cast["xiuying"].person_id in entry.persons


def test_it_makes_the_vouchers_good_for_the_sum_that_was_seen(as_user, fund, on_day):
    on_day(DAY)
    finance = as_user("finance")
    page = finance.post(
        address("replenish", fund.pk), {"expected_fen": "1", "reference": "补1"}, follow=True
    ).content.decode()
    assert "重新核对" in page and balance_of(fund) == 445_000
    finance.post(address("replenish", fund.pk), {"expected_fen": "55000", "reference": "补1"})
    assert balance_of(fund) == 500_000


def test_it_keeps_what_was_typed_when_the_ceiling_is_passed(as_user, fund, on_day):
    on_day(DAY)
    typed = {"top_up-amount": "9999.00", "top_up-reference": "拨9"}
    page = as_user("finance").post(address("top_up", fund.pk), typed).content.decode()
    assert "超过上限" in page and "9999.00" in page and "拨9" in page


def test_it_reconciles_in_the_township_and_confirms_in_the_county(as_user, fund, on_day):
    on_day(dt.date(2026, 12, 2))
    typed = {"count-month": "2026-11", "count-counted": "4450.00", "count-note": ""}
    page = as_user("township").post(address("count", fund.pk), typed, follow=True).content.decode()
    assert "账实相符" in page
    month = fund.months.get()
    assert as_user("township").post(address("confirm", month.pk)).status_code == 403
    as_user("approver").post(address("confirm", month.pk))
    month.refresh_from_db()
    assert month.checker.name == "田文斌"


def test_its_yearly_list_has_every_paper_and_no_whole_name(as_user, fund, on_day):
    on_day(DAY)
    answer = as_user("auditor").get(address("audit_list", fund.pk, 2026))
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == ["设立拨入", "垫付"] and rows[1][4:6] == (550, 4450)
    assert rows[1][7].endswith("*") or "*" in rows[1][7]
    assert "杨秀英" not in str(rows) and dict(book.worksheets[1].values)["年末余额"] == "4450 元"


def test_a_second_click_has_no_second_effect_and_a_refused_form_may_be_mended(as_user, fund, on_day):
    """The same form twice is one voucher; changed after it was done, it is told so, and nothing happens."""
    on_day(DAY)
    finance = as_user("finance")
    form = {"top_up-amount": "99999999.00", "top_up-reference": "拨9", "idempotency_key": "a-form-0001"}
    refused = finance.post(address("top_up", fund.pk), form).content.decode()
    assert "超过上限" in refused and fund.vouchers.filter(reference="拨9").count() == 0

    form |= {"top_up-amount": "100.00"}
    first = finance.post(address("top_up", fund.pk), form)
    again = finance.post(address("top_up", fund.pk), form, follow=True)
    assert first.status_code == 302 and "没有重复办理" in again.content.decode()
    assert balance_of(fund) == 445_000 + 10_000

    other = finance.post(
        address("top_up", fund.pk), form | {"top_up-amount": "200.00", "top_up-reference": "拨10"}
    )
    assert other.status_code == 409 and "这张表单已经提交过" in other.content.decode()
    assert balance_of(fund) == 445_000 + 10_000
