"""Tasks in 新村, and 吴小芳 with her phone."""

import pytest

from minzheng.foundation.tasks.tests.conftest import draft, family, task

__all__ = ["draft", "family", "task"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def helper(client, cast):
    """吴小芳, logged in on `client`."""
    client.force_login(cast["helper"])
    return client
