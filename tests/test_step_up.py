"""What moves money, exports, reveals or changes rights asks again who sits there, or says here why it need not.

A new address or button behind one of these permissions fails the build until it is `fresh` or stands in the list.
"""

import datetime as dt
import inspect

from django.test import Client
from django.urls import get_resolver

from minzheng.demo.cast import COUNTY
from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.funds.models import FundPaper, PaperState
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf
from tests.proof import outdated
from tests.test_routes import routes

# Whoever holds one of these can do such a thing; every address behind it is looked at, read or written.
DOES = {
    "payment.make", "payment.check", "reserve.pay", "reserve.fund", "reserve.open", "one_off.make", "one_off.confirm",
    "person.reveal", "register.export", "register.reveal", "export.approve",
    "certificate.write", "account.write", "account.grant", "api.client",
}  # fmt: skip
# Behind these one reads; an address that takes a form is looked at.
READS = {
    "payment.read", "reserve.read", "one_off.read", "check.read", "certificate.read", "account.read", "audit.read", "upkeep.read",
}  # fmt: skip
TELLS_BY_NAME = ("reveal", "phone", "export")
TAKES_A_FORM = ("require_POST", "request.POST", 'request.method == "POST"')

NEED_NOT = {
    "minzheng.online.api.desk.views.clients": "只列单位和应用，没有密钥",
    "minzheng.online.api.desk.views.client": "只看登记的内容，没有密钥",
    "minzheng.online.api.desk.views.deliveries": "只看送达情况，内容是编号",
    "minzheng.online.api.desk.views.send_again": "同一个编号再送给已登记的地址，不多给什么",
    "minzheng.online.desk.payments.moves.enquire": "只向银行问送达情况，不动钱",
    "minzheng.online.desk.payments.moves.send_back": "不同意：停下来，不动钱",
    "minzheng.online.desk.payments.views.new": "编出清单，不动钱；冻结、复核、送出各验证一次",
    "minzheng.online.desk.oneoffs.views.new": "登记名单，不动钱；由另一人确认时验证",
    "minzheng.online.desk.oneoffs.views.post": "公示，不动钱；由另一人确认时验证",
    "minzheng.online.desk.oneoffs.views.drop": "撤销，没有发放任何款项",
    "minzheng.online.desk.homes.subsidies.make": "核算，不动钱；由另一人确认时验证",
    "minzheng.online.desk.homes.subsidies.drop": "撤销核算，没有发放任何款项",
    "minzheng.online.desk.checks.views.object_to": "登记异议，不动钱，不显示号码",
    "minzheng.online.desk.checks.views.withdraw_consent": "群众撤回授权，不应拖延",
    "minzheng.foundation.registers.views.approvals.waiting": "只列等待核准的导出，内容不显示",
}


def test_every_address_that_can_do_such_a_thing_asks_or_says_why_it_need_not():
    silent = {
        name_of(pattern)
        for address, pattern in routes(get_resolver().url_patterns)
        if is_watched(address, pattern) and not getattr(pattern.callback, "fresh", False)
    }
    assert silent == set(NEED_NOT)


def test_every_button_of_a_register_that_can_do_such_a_thing_asks():
    silent = [
        f"{register.code}/{action.key}"
        for register in shelf(Register)
        for action in register.actions
        if action.permission in DOES and not action.fresh
    ]
    assert silent == []


def test_a_button_with_an_old_proof_asks_before_it_shows_or_does_anything(cast):
    client = Client()
    client.force_login(cast["finance2"], backend="django.contrib.auth.backends.ModelBackend")
    today = dt.date.today()
    paper = FundPaper.objects.create(
        number="财社〔2025〕88号", kind="allocation", fund="central", programme="any", county_id=COUNTY, year=today.year,
        amount_fen=100_000, issued_on=today, arrived_on=today, maker=cast["finance"].person,
    )  # fmt: skip
    outdated(client)

    asked = client.get(f"/desk/registers/fund-papers/rows/{paper.pk}/act/check")
    pressed = client.post(f"/desk/registers/fund-papers/rows/{paper.pk}/act/check")
    many = client.post("/desk/registers/fund-papers/bulk", {"action": "check", "keys": [paper.pk]})

    assert asked["Location"].startswith("/account/prove/")
    assert pressed.templates[0].name == many.templates[0].name == "account/prove.html"
    paper.refresh_from_db()
    assert paper.state == PaperState.WAITING


def test_it_watches_permissions_that_exist():
    assert (DOES | READS) - set(PERMISSIONS) == {"register.reveal"}


def is_watched(address, pattern):
    permit = str(getattr(pattern.callback, "permit", ""))
    if permit in DOES:
        return True
    view = inspect.unwrap(pattern.callback)
    if permit in READS:
        return any(sign in inspect.getsource(view) for sign in TAKES_A_FORM)
    return permit in PERMISSIONS and any(sign in address or sign in view.__name__ for sign in TELLS_BY_NAME)


def name_of(pattern):
    view = inspect.unwrap(pattern.callback)
    return f"{view.__module__}.{view.__name__}"
