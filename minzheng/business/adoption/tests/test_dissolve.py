"""J3: together and by agreement, within its days; a child of eight or more is asked; the old certificate is void at once."""

import datetime as dt

import pytest

from minzheng.business.adoption.dissolving import accept_dissolution, dissolve, refuse_dissolution
from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models import Adoption, Dissolution
from minzheng.business.adoption.registering import register
from minzheng.business.adoption.tests.families import DAY, apply, person
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.models import Event

START = dt.date(2026, 3, 2)
AGREED = {
    "registry_is_right": True,
    "dissolution_present": True,
    "dissolution_parents_agree": True,
    "dissolution_placer_agrees": True,
    "dissolution_settled": True,
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def adoption(at, man):
    """A stepchild who is eight on 9 March 2026."""
    child = person("吴继女", "2018-03-09", 12)
    return register(at(START), apply(at(START), man, None, child, kind=ChildKind.STEP))


def test_it_ends_by_agreement_and_the_certificate_with_it(at, adoption, man):
    day = START + DAY
    dissolution = accept_dissolution(at(day), adoption, agreement="孩子由生母抚养，不需补偿。")
    assert dissolution.due_on == dt.date(2026, 4, 2)
    with pytest.raises(Refused, match="没有办结"):
        accept_dissolution(at(day), adoption, agreement="又一次。")
    done = dissolve(at(day), dissolution, AGREED)
    assert (done.number, done.step) == ("（2026）新晃解字00001", "registered")
    adoption.refresh_from_db()
    assert (adoption.standing, adoption.ended_on) == ("dissolved", day)
    held = Issued.objects.filter(person=man, state="valid")
    assert list(held.values_list("kind", flat=True)) == ["adoption_dissolved"]
    assert not Issued.objects.filter(person=adoption.child).exists()  # a minor holds no proof of it
    assert Event.objects.filter(kind="person.adoption_ended", payload__person=adoption.child_id).count() == 1
    with pytest.raises(Refused, match="不用再办解除"):
        accept_dissolution(at(day + DAY), adoption, agreement="又一次。")
    with pytest.raises(Refused, match="不能再办"):
        dissolve(at(day + DAY), dissolution, AGREED)


def test_from_the_eighth_birthday_on_the_child_is_asked(at, adoption):
    birthday = dt.date(2026, 3, 9)
    dissolution = accept_dissolution(at(START), adoption, agreement="孩子由生母抚养。")
    with pytest.raises(Refused, match=r"没有查清：.*同意"):
        dissolve(at(birthday), dissolution, AGREED)
    with pytest.raises(Refused, match="可以向人民法院起诉"):
        dissolve(at(birthday), dissolution, AGREED | {"dissolution_child_agrees": False})
    assert not Issued.objects.filter(kind="adoption_dissolved").exists()
    assert dissolve(at(birthday - DAY), dissolution, AGREED).step == "registered"


def test_whoever_disagrees_is_told_why_and_may_come_again(at, adoption):
    dissolution = accept_dissolution(at(START), adoption, agreement="养父要求解除。")
    with pytest.raises(Refused, match="写明不予登记的理由"):
        refuse_dissolution(at(START), dissolution, reason=" ")
    refuse_dissolution(at(START), dissolution, reason="生母不同意，告知可以起诉。")
    assert Dissolution.objects.get().step == "refused"
    assert Adoption.objects.get().standing == "valid"
    assert accept_dissolution(at(START + DAY), adoption, agreement="双方已商定。").step == "open"
