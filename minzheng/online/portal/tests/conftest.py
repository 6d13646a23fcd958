"""Applications at the stages that a citizen's pages show."""

import pytest

from minzheng.business.assistance.tests.families import ex01, ex02
from minzheng.business.assistance.tests.journey import Journey


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def xiuying(cast, client):
    """杨秀英, logged in on `client`."""
    client.force_login(cast["xiuying"])
    return cast["xiuying"]


@pytest.fixture
def draft(access, cast):
    """EX01's application, filled in and not yet sent."""
    return Journey(access, ex01(cast["xiuying"].person.id_no))


@pytest.fixture
def granted(draft):
    return draft.granted()


@pytest.fixture
def refused(access, cast):
    """EX02: income not below the standard."""
    journey = Journey(access, ex02(cast["xiuying"].person.id_no)).submit().accept().survey().conclude()
    return journey.propose("propose_refuse").decide("refuse")
