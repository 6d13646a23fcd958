"""Every operation of the API × who may call it, and whose object it is (T11, T12)."""

import pytest

from minzheng.demo.cast import create_cast
from minzheng.foundation.accounts.models import Assignment, User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.audit.models import AuditEntry, AuditPending
from minzheng.foundation.booking.models import Booking
from minzheng.foundation.cases.models import Case
from minzheng.online.api.models import CallWindow
from minzheng.online.api.operation import OPERATIONS
from minzheng.online.api.scopes import SCOPES
from minzheng.online.api.tests import callers
from tests.matrix.citizens import three_citizens
from tests.matrix.contents import changed, contents
from tests.matrix.world import OWN, SIBLING, make_world

pytestmark = pytest.mark.django_db
GUARDED = [one for one in OPERATIONS if one.scopes]
OF_A_CASE = [one for one in GUARDED if "{number}" in one.path]
OF_A_BOOKING = [one for one in GUARDED if "{booking}" in one.path]
FURTHER = {"code": "A1"}
# What a stranger leaves behind: that it called, and that it was refused (accounts/middleware.py).
NOTED = {one._meta.db_table for one in (CallWindow, AuditEntry, AuditPending)}
# What a request that is well formed asks for, so that the answer is about the right and not about the form.
ID_NO = "431227198001010018"
BODIES = {
    "/items/{code}/applications": {"region": "431227107203", "answers": {}, "submit": False},
    "/cases/{number}/answers": {"answers": {}, "version": 1},
    "/cases/{number}/materials": {"key": "id_card", "document": 1},
    "/cases/{number}/authorisations": {"id_no": ID_NO},
    "/cases/{number}/submit": {},
    "/cases/{number}/withdraw": {"reason": ""},
    "/bookings": {"time": 1, "phone": "13912345678"},
    "/bookings/{booking}/cancel": {"reason": ""},
    "/status/enquiries": {"id_no": ID_NO, "name": "某某", "purpose": "service", "basis": "授权书1号"},
    "/status/enquiries/batch": {
        "persons": [{"id_no": ID_NO, "name": "某某"}], "purpose": "service", "basis": "授权书1号",
    },
}  # fmt: skip


def ask(caller, one, number="431227A1202600001", booking="ABC234"):
    path = one.path.format(number=number, booking=booking, **FURTHER)
    if one.path == "/documents":
        return caller.upload("a.pdf", b"%PDF-1.7\n%%EOF")
    return caller.get(path) if one.method == "GET" else caller.post(path, BODIES[one.path])


@pytest.fixture
def admin(regions, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = create_cast()["admin"]
    for role in roles_with("api.client"):  # and for the county beside, whose partner is one of the strangers
        Assignment.objects.create(user=found, role=role, region_id=SIBLING, since="2020-01-01")
    return found


def of_partners(one):
    return any(not SCOPES[code].is_of_citizens for code in one.scopes)


def of_citizens(one):
    return any(SCOPES[code].is_of_citizens for code in one.scopes)


def test_nobody_calls_a_guarded_operation_without_a_token_or_without_its_scope(admin):
    citizen = callers.citizen(admin, three_citizens()[0].user)
    partner = callers.partner(admin)
    listener = callers.partner(admin, "events.region", name="只收事件的系统")
    strangers = [(callers.Caller(), 401, lambda one: True), (callers.Caller("x" * 40), 401, lambda one: True)]
    strangers += [(citizen, 403, lambda one: not of_citizens(one))]
    strangers += [(partner, 403, lambda one: not of_partners(one)), (listener, 403, lambda one: True)]
    before = contents()
    wrong = [
        (one.method, one.path, wanted, code)
        for caller, wanted, is_stranger in strangers
        for one in GUARDED if is_stranger(one)
        if (code := ask(caller, one).status_code) != wanted
    ]  # fmt: skip
    assert wrong == []
    assert set(changed(before)) <= NOTED


def test_anothers_case_does_not_exist_for_citizens_and_for_partners(admin):
    """Three citizens by their app; the partner of the next county, and another one of the same."""
    first, second, third = three_citizens()
    world = make_world()
    apps = [(callers.citizen(admin, one.user), one.place) for one in (first, second)]
    near, far = (callers.partner(admin, region=region, name=f"系统{region}") for region in (OWN, SIBLING))
    other = callers.partner(admin, name="同县另一个系统")
    for system, place in ((near, world.own), (far, world.sibling)):
        place.made[User] = system.registered.user
        apps.append((system, place))
    cases = {place.marker: place.get(Case) for place in (*(place for _, place in apps), third.place)}
    before = contents()
    cells = [
        (caller, case) for caller, place in apps for marker, case in cases.items() if marker != place.marker
    ]
    cells += [(other, case) for case in cases.values()]
    wrong = [
        (one.method, one.path, case.number, code)
        for caller, case in cells
        for one in OF_A_CASE
        if (code := ask(caller, one, case.number).status_code) != 404
    ]
    assert wrong == []
    assert set(changed(before)) <= NOTED
    for caller, place in apps:
        own, theirs = place.get(Case), {case.number for case in cases.values()} - {place.get(Case).number}
        assert all(ask(caller, one, own.number).status_code != 404 for one in OF_A_CASE)
        listed = caller.get("/cases").content.decode()
        assert own.number in listed
        assert not any(number in listed for number in theirs)


def test_anothers_booking_does_not_exist_for_citizens(admin):
    first, second, _ = three_citizens()
    caller = callers.citizen(admin, first.user)
    theirs, own = (one.place.get(Booking).code for one in (second, first))
    before = contents()
    assert [ask(caller, one, booking=theirs).status_code for one in OF_A_BOOKING] == [404] * 2
    assert set(changed(before)) <= NOTED
    assert all(ask(caller, one, booking=own).status_code != 404 for one in OF_A_BOOKING)


def test_an_app_lists_nothing_of_another_citizen(admin):
    first, second, _ = three_citizens()
    caller = callers.citizen(admin, first.user)
    for one in GUARDED:
        if one.method == "GET" and "{" not in one.path:
            answer = caller.get(one.path)
            assert answer.status_code == 200
            assert second.place.marker not in answer.content.decode(), one.path
