import pytest

from minzheng.foundation.benefits.tests.fixtures import approver, benefits
from minzheng.foundation.payments.tests.office import Office
from minzheng.online.desk.tests.conftest import as_user, on_day

__all__ = ["approver", "as_user", "benefits", "on_day"]


@pytest.fixture
def office(benefits, access, settings, tmp_path):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    return Office(access)
