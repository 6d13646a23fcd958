"""Callers of the API, and a media folder that goes away."""

import pytest

from minzheng.online.api.tests import callers


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def visitor(regions):
    return callers.Caller()


@pytest.fixture
def partner(cast):
    """The county's health insurance system: enquires, and hands in applications."""
    return callers.partner(cast["admin"])


@pytest.fixture
def xiuying(cast):
    """杨秀英 through an app that she has allowed to read and to apply."""
    return callers.citizen(cast["admin"], cast["xiuying"])
