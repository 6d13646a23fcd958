"""Events: all or nothing with the change that caused them; apart where nobody's change depends on them."""

import pytest

from minzheng.foundation.events import bus
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
VILLAGE = "431227107203"


@pytest.fixture
def handlers(regions, monkeypatch):
    """Two handlers that each write a person; the first then fails."""
    monkeypatch.setattr(bus, "_handlers", {"test.happened": [break_off, write]})


def write(name):
    Person.objects.create(name=name, region=Region.objects.get(code=VILLAGE))


def break_off(name):
    write(name)
    raise OSError("disk full")


def test_it_takes_everything_back_when_one_handler_fails(handlers):
    with pytest.raises(OSError, match="disk full"):
        bus.emit("test.happened", name="某")
    assert not Person.objects.exists() and not Event.objects.exists()


def test_it_goes_on_apart_and_names_who_failed(handlers):
    failed = bus.emit_apart("test.happened", name="某")
    assert failed == [f"{__name__}（OSError）"]
    assert Person.objects.count() == 1 and Event.objects.get().kind == "test.happened"
