"""Every address of citizens × three citizens who ask for one another's objects by id (T12)."""

import itertools

import pytest

from tests.matrix.asking import ask
from tests.matrix.citizens import own_addresses, three_citizens, unlisted
from tests.matrix.contents import changed, contents

pytestmark = pytest.mark.django_db
ADDRESSES = [one for one in own_addresses() if one.kind]


@pytest.fixture
def citizens(regions, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return three_citizens()


def test_it_knows_what_every_argument_of_a_citizens_address_stands_for():
    assert unlisted() == [], "tests/matrix/citizens.py"


def test_another_citizens_object_does_not_exist_and_nothing_changes(citizens):
    cells = [
        (one.path(owner.place), asker.access)
        for one in ADDRESSES
        for asker, owner in itertools.permutations(citizens, 2)
    ]
    before = contents()
    wrong = [
        (path, codes)
        for path, access in cells
        if not {404} >= set(codes := [ask(path, access, method) for method in ("GET", "POST")]) - {405}
    ]
    assert wrong == []
    assert changed(before) == []


def test_ones_own_object_is_found(citizens):
    """Else the test above would pass with addresses that nobody finds."""
    lost = []
    for one in ADDRESSES:
        try:
            code = ask(one.path(citizens[0].place), citizens[0].access)
        except OSError:  # reached: only its file is missing
            continue
        if code not in {200, 302, 405}:
            lost.append((one.text, code))
    assert lost == []
