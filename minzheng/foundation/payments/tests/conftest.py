import pytest

from minzheng.foundation.benefits.tests.fixtures import approver, benefits
from minzheng.foundation.payments.tests.office import Office

__all__ = ["approver", "benefits"]


@pytest.fixture
def office(benefits, access, settings, tmp_path, django_capture_on_commit_callbacks):
    """A finance office with enough money and an empty outbox of its own."""
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    office = Office(access)
    office.fund()
    return office
