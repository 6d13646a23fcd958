"""Every form of the desk that moves money has one effect, however often it is sent (idempotency/once.py).

A new address behind one of these permissions fails the build until it is `@keyed` or says here why it need not be.
"""

import inspect
import re
from pathlib import Path

import pytest
from django.http import HttpResponseRedirect
from django.test import RequestFactory
from django.urls import get_resolver, reverse

import minzheng
from minzheng.foundation.accounts.models import Role
from minzheng.foundation.idempotency.once import FIELD, content_of, once, operation_of, owner_of
from tests.matrix.addresses import staff_addresses
from tests.matrix.contents import changed, contents
from tests.matrix.world import make_world
from tests.test_routes import routes
from tests.test_step_up import TAKES_A_FORM, name_of

pytestmark = pytest.mark.django_db
MOVES_MONEY = {
    "payment.make", "payment.check", "reserve.pay", "reserve.fund", "reserve.open", "one_off.make", "one_off.confirm",
}  # fmt: skip
PLACES = ("desk/payments/", "desk/reserves/", "desk/one-offs/")
NEED_NOT = {
    "minzheng.online.desk.payments.moves.enquire": "asks the bank, never inside a transaction; asking twice is harmless",
    "minzheng.online.desk.payments.moves.fetch": "asks the bank; a return file counts once by its own hash",
}
# Forms with a key beside those: a case's steps (cash of a reserve fund among them), the buttons of a register.
ALSO = {
    "desk/cases/<slug:number>/moves/<slug:key>/",
    "desk/registers/<slug:code>/rows/<str:key>/act/<slug:action>",
}
TEMPLATES = [
    path
    for path in Path(minzheng.__file__).parent.rglob("*.html")
    if "desk" in path.parts or "registers" in path.parts
]


def takes_a_form(pattern):
    return any(sign in inspect.getsource(inspect.unwrap(pattern.callback)) for sign in TAKES_A_FORM)


def is_keyed(pattern):
    return getattr(pattern.callback, "keyed", False)


MONEY = [
    (address, pattern)
    for address, pattern in routes(get_resolver().url_patterns)
    if takes_a_form(pattern)
    and (address.startswith(PLACES) or getattr(pattern.callback, "permit", "") in MOVES_MONEY)
]

KEYED = [one for one in staff_addresses() if is_keyed(one.pattern) and one.roles]


@pytest.fixture
def world(regions, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def test_every_address_that_moves_money_has_one_effect_or_says_why_it_need_not():
    assert len(MONEY) > 20
    assert {name_of(pattern) for _, pattern in MONEY if not is_keyed(pattern)} == set(NEED_NOT)
    assert all(
        is_keyed(pattern) for address, pattern in routes(get_resolver().url_patterns) if address in ALSO
    )


def test_every_form_that_leads_there_carries_a_key():
    keyed = {pattern.name for _, pattern in routes(get_resolver().url_patterns) if is_keyed(pattern)}
    seen, without = set(), []
    for path in TEMPLATES:
        text = path.read_text()
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.S):
            named = re.search(r"action=\"\{% url '[\w:]*?(\w+)' ", form)
            if named and named[1] in keyed and is_money(named[0]):
                seen.add(named[1])
                if "{% once_key %}" not in form:
                    without.append((path.name, named[1]))
    assert without == []
    assert {"top_up", "give_back", "replenish", "count", "deliver", "case_move"} <= seen


def is_money(action):
    return "case_move" in action or any(f":{one}:" in action for one in ("payments", "reserves", "oneoffs"))


def test_the_pages_that_are_their_own_form_and_every_dialog_carry_a_key(world):
    for name, role in (
        ("payments:new", Role.FINANCE),
        ("payments:paper", Role.FINANCE),
        ("reserves:new", Role.COUNTY_APPROVER),
    ):
        page = world.client(role, "own").get(reverse(f"desk:{name}"))
        assert f'name="{FIELD}"' in page.content.decode()
    dialog = Path(minzheng.__file__).parent / "online/ui/templates/ui/components/dialog.html"
    assert "{% once_key %}" in dialog.read_text()


def test_the_same_form_gets_the_first_answer_and_another_body_409(world):
    """At every such address: as if it had been sent a moment ago."""
    asked = [(one, one.path(world.own), sorted(one.roles)[0]) for one in KEYED]
    for _one, path, role in asked:
        request = RequestFactory().post(path, {"amount": "1"})
        request.user = world.officers[role, "own"]
        world.client(role, "own")  # logged in by now
        once(owner_of(request), operation_of(request), key_of(path), content_of(request), _done)
    before = contents()
    wrong = []
    for one, path, role in asked:
        client = world.client(role, "own")
        again = client.post(path, {"amount": "1", FIELD: key_of(path)})
        other = client.post(path, {"amount": "2", FIELD: key_of(path)})
        if (again.status_code, again.get("Location"), other.status_code) != (302, "/done/", 409):
            wrong.append((one.text, again.status_code, other.status_code))
        assert "没有重复办理" in other.content.decode()
    assert wrong == []
    assert len(asked) > 20
    assert changed(before) == []


def key_of(path):
    return "sent." + re.sub(r"\W", "", path)


def _done():
    return HttpResponseRedirect("/done/")
