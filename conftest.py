"""Fixtures that every test may use: a real PostgreSQL, the real divisions that the cast lives in, the cast."""

from __future__ import annotations

import datetime as dt
import gc
import os
from typing import Any

import pytest
from hypothesis import settings as examples

# Everyone runs the same examples, at their machine's pace; HYPOTHESIS_PROFILE=explore looks for new ones.
examples.register_profile("same", deadline=None, derandomize=True)
examples.register_profile("explore", deadline=None)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Playwright's event loop runs beside Django in browser tests; the ORM is only called from the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.browser"]


def pytest_collection_finish() -> None:
    """What was imported stays to the end: a tenth of the suite's time went into looking through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


REGIONS = [
    ("430000000000", "湖南省", 1, None),
    ("431200000000", "怀化市", 2, "430000000000"),
    ("431227000000", "新晃侗族自治县", 3, "431200000000"),
    ("431227107000", "晃洲镇", 4, "431227000000"),
    ("431227107203", "新村", 5, "431227107000"),
    ("431227101000", "波洲镇", 4, "431227000000"),
    ("431227101200", "炉冲村", 5, "431227101000"),
    ("431228000000", "芷江侗族自治县", 3, "431200000000"),
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_keepdb, django_db_blocker):
    """Every worker's database is a copy of one that was migrated once."""
    from django.conf import settings

    from tests.template import migrated_template

    if not django_db_keepdb:
        with django_db_blocker.unblock():
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits empties the tables afterwards, which its own role may not."""
    from tests.owner import work_as_jobs

    with django_db_blocker.unblock():
        work_as_jobs()


def create_regions() -> dict[str, Any]:
    """The few real divisions the cast lives in, by code."""
    from minzheng.foundation.regions.models import Region

    full_names: dict[str | None, str] = {None: ""}
    made = []
    for code, name, level, parent in REGIONS:
        full_names[code] = full_names[parent] + name
        made.append(
            Region(
                code=code,
                name=name,
                full_name=full_names[code],
                level=level,
                parent_id=parent,
                since=dt.date(2000, 1, 1),
                source="测试",
            )
        )
    Region.objects.bulk_create(made, ignore_conflicts=True)
    return Region.objects.in_bulk([region.code for region in made])


@pytest.fixture
def regions(db):
    """The few real divisions the cast lives in, by code."""
    return create_regions()


@pytest.fixture(scope="module")
def shared_cast(django_db_setup, django_db_blocker):
    """The cast for all tests of a module, by log-in name: each of them with `db` is a savepoint within this transaction."""
    from django.db import transaction

    from minzheng.demo.cast import create_cast

    with django_db_blocker.unblock(), transaction.atomic():
        create_regions()
        yield create_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(regions):
    """The named cast, by log-in name (minzheng/demo/cast.py)."""
    from minzheng.demo.cast import create_cast

    return create_cast()


@pytest.fixture
def access(cast):
    """`access("clerk")` → what the township clerk may do, on a chosen day."""
    from minzheng.foundation.accounts.access import Access

    def of(username: str, today: dt.date | None = None) -> Access:
        return Access(cast[username], today or dt.date.today())

    return of
