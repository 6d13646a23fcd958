"""Every staff address × every role × every height of office, made from the address table and the permissions (T11, T12)."""

import pytest
from django.test import Client

from minzheng.foundation.accounts.models import Role
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.filters import offered_by
from minzheng.foundation.registry.words import shelf
from tests.matrix.addresses import staff_addresses, unlisted
from tests.matrix.contents import changed, contents
from tests.matrix.world import HEIGHTS, make_world

pytestmark = pytest.mark.django_db
ADDRESSES = list(staff_addresses())
REGISTERS = [one for one in shelf(Register) if one.origin.startswith("minzheng.")]
FILTERS = [
    (register.code, one.key) for register in REGISTERS for one in register.filters if one.kind == "choice"
]
# What the small world's object is not far enough for: it is asked for by strangers, but nobody finds it here.
UNSEEN = {
    "desk/adoption/evaluations/<int:pk>/<slug:deed>/",  # only the team
    "desk/adoption/applications/<int:pk>/notices/<int:copy>/",  # not refused
    "desk/adoption/rows/<int:pk>/copies/<int:copy>/",  # registered without certificates
    "desk/adoption/unsealings/<int:pk>/file/",  # only the officer who asked, once it is allowed
    "desk/marriage/declined/<int:pk>/copies/<int:copy>/",  # declined without papers
    "desk/marriage/counsel/<int:pk>/notes/",  # only the counsellor who wrote them
    "desk/marriage/rows/<int:pk>/copies/<int:copy>/",  # registered without certificates
    "living_subsidy", "nursing_subsidy", "elder_allowance", "elder_care", "orphan", "unattended", "study_grant", "tekun",  # the same table as dibao, of which the world has a row
    "tekun_waiting",  # the same, who asked for a place
    "elder-circle",  # people of an age, and the world's person has no birthday
    "child_visits", "child_homes", "child_institutions", "disability-houses", "mutual-points", "training-bases", "rescue_stations",  # tasks and facilities of a kind, of which the world has another
    "desk/funeral/receptions/<int:pk>/certificate/",  # not cremated yet
    "provider/orders/<int:pk>/",  # only the organisation that took the order
    "desk/registers/<slug:code>/rows/<str:key>/act/<slug:action>",
    "desk/homes/<int:pk>/do/<slug:act>/", "desk/homes/<int:pk>/residents/<int:resident>/<slug:act>/",
    "desk/signals/sweeps/<int:pk>/",  # the sweep has no group
    "cockpit/simulations/<int:key>/sheet/",  # not computed yet
    r"desk/payments/^(?P<pk>\d+)/file\.(?P<suffix>txt|xlsx|zip)$",  # not sent yet
}  # fmt: skip


@pytest.fixture
def world(regions, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def test_it_knows_what_every_argument_of_a_staff_address_stands_for():
    assert unlisted() == [], "tests/matrix/addresses.py"


def test_nobody_without_the_permission_comes_in_and_nothing_changes(world):
    cells = [(one, one.path(world.own), role) for one in ADDRESSES for role in set(Role.values) - one.roles]
    before = contents()
    wrong = [
        (path, role, codes)
        for one, path, role in cells
        if not _is_only(403, codes := [world.ask(path, role, "own", method) for method in one.methods])
    ]
    assert wrong == []
    assert changed(before) == []


def test_it_answers_so_behind_the_middleware_too(world):
    """One stranger to each address, by HTTP: no permission, and no log-in at all."""
    clients = {role: world.client(role, "own") for role in Role.values}
    nobody = Client()
    for number, one in enumerate(ADDRESSES):
        path, strangers = one.path(world.own), sorted(set(Role.values) - one.roles)
        if strangers:
            assert clients[strangers[number % len(strangers)]].get(path).status_code in {403, 405}, path
        visitor = nobody.get(path)
        visitor = nobody.post(path) if visitor.status_code == 405 else visitor
        assert visitor.status_code == 302 and "/login" in visitor["Location"], path


def test_an_object_of_another_division_does_not_exist_and_nothing_changes(world):
    cells = [
        (one, one.path(world.own), role, height)
        for one in ADDRESSES if one.has_object
        for role in one.roles
        for height in HEIGHTS if not one.is_seen_from(world.own, HEIGHTS[height])
    ]  # fmt: skip
    before = contents()
    wrong = [
        (*cell, codes)
        for one, *cell in cells
        if not _is_only(404, codes := [world.ask(*cell, method) for method in one.methods])
    ]
    assert len(cells) > 1000
    assert wrong == []
    assert changed(before) == []


def _is_only(wanted, codes):
    """Some methods may not be offered, or (GET of a form that is only posted) lead back without a look at anything."""
    return (codes[-1] == wanted and codes[0] in {wanted, 405, 302}) or codes == [wanted, 405]


def test_an_object_of_the_own_division_is_found(world):
    """Else the test above would pass with addresses that nobody finds."""
    lost = [
        one.path(world.own)
        for one in ADDRESSES
        if one.has_object and one.roles and one.text not in UNSEEN
        and not (one.register and (one.register.code in UNSEEN or (not one.register.form and one.text.endswith("/edit"))))
        and not any(_reaches(world, one.path(world.own), role) for role in one.roles)
    ]  # fmt: skip
    assert not lost, str(lost)


def _reaches(world, path, role):
    """A view that then stumbles over an object without content (or its file) has reached it too."""
    try:
        return world.ask(path, role, "own") in {200, 302, 405}
    except (LookupError, OSError, TypeError, ValueError):
        return True


def test_a_list_shows_no_row_of_another_division(world):
    for one in ADDRESSES:
        if one.has_object:
            one.path(world.own), one.path(world.sibling)
    wrong, shown = [], 0
    lists = [one for one in ADDRESSES if not one.has_object and one.roles]
    for number, one in enumerate(lists):
        near, foreign = [(world.own, world.sibling), (world.sibling, world.own)][number % 2]
        got = world.client(sorted(one.roles)[0], "own" if near is world.own else "sibling").get(
            one.path(near)
        )
        if got.streaming:
            continue
        text = got.content.decode(errors="ignore")
        shown += near.marker in text
        if got.status_code not in {200, 302, 404, 405} or foreign.marker in text:
            wrong.append((one.text, one.register and one.register.code, got.status_code))
    assert not wrong, str(wrong)
    assert shown > 20, "the lists show nothing at all"


def test_a_filter_offers_nothing_of_another_division(world):
    """What is offered out of the database is asked for before and after the neighbour has objects of every kind."""
    for register in REGISTERS:
        world.sibling.get(register.model)
    before = {one: _offered(world, *one, "sibling") for one in FILTERS}
    for register in REGISTERS:
        world.own.get(register.model)
    assert [one for one in FILTERS if _offered(world, *one, "sibling") != before[one]] == []
    ours = [code for code, key in FILTERS if world.own.marker in str(_offered(world, code, key, "own"))]
    assert "sweep-targets" in ours


def test_what_a_filter_offers_to_everybody_are_words_of_the_program(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        for register in REGISTERS:
            for one in register.filters:
                if callable(one.options):
                    assert list(one.options()) or one.key == "labels", (register.code, one.key)


def _offered(world, code, key, height):
    register = shelf(Register).get(code)
    (declared,) = (one for one in register.filters if one.key == key)
    role = sorted(roles_with(register.read))[0]
    return offered_by(declared, register.model, world.access(role, height))
