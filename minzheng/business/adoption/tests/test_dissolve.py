"""J3: together and by agreement, within its days; a child of eight or more is asked; the old certificate is void at once."""

import datetime as dt
import functools

import pytest

from minzheng.business.adoption.certificates import ends_of
from minzheng.business.adoption.dissolving import accept_dissolution, dissolve, refuse_dissolution
from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models import Adoption, Dissolution
from minzheng.business.adoption.registering import register
from minzheng.business.adoption.tests.families import COUNTY, DAY, apply, person
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case
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


@pytest.mark.covers("S-130", by="minzheng/business/adoption/dissolving.py", screen="/desk/adoption/")
def test_whoever_disagrees_is_told_why_in_writing_and_may_come_again(at, adoption, man, cast):
    dissolution = accept_dissolution(at(START), adoption, agreement="养父要求解除。")
    for asked in ({}, AGREED):
        with pytest.raises(Refused, match="没有法律障碍"):
            refuse_dissolution(at(START), dissolution, asked)
    case = Case.objects.create(
        number="31",
        item="J3",
        applicant=man,
        region_id=COUNTY,
        accepted_in_id=COUNTY,
        step="waiting",
        status="submitted",
        opened_on=START,
        opened_by=cast["registrar"],
    )
    refuse_dissolution(at(START), dissolution, AGREED | {"dissolution_parents_agree": False})
    case.refresh_from_db()
    assert (case.step, case.status) == ("declined", "closed")
    told = Issued.objects.get(kind="adoption_dissolution_declined")
    said = dict(told.rows)
    assert told.person == man and "有人不同意解除，可以向人民法院起诉" in said["理由"]
    assert "第一千一百一十四条" in said["理由"] and "行政复议" in told.note
    assert adoption.number in said["申请事项"] and adoption.child.name not in str(told.rows)
    assert ends_of(dissolution) == [told]
    with pytest.raises(Refused, match="不能再办"):
        refuse_dissolution(at(START), dissolution, AGREED | {"dissolution_parents_agree": False})
    assert (Dissolution.objects.get().step, Adoption.objects.get().standing) == ("refused", "valid")
    assert accept_dissolution(at(START + DAY), adoption, agreement="双方已商定。").step == "open"


def test_a_grown_child_holds_a_copy_of_the_refusal_a_minor_does_not(at, adoption):
    adoption.child.birth_date = dt.date(2008, 3, 2)  # eighteen on the day of the decision
    adoption.child.save()
    for day, copies in ((START - DAY, 1), (START, 2)):
        dissolution = accept_dissolution(at(day), adoption, agreement="养父要求解除。")
        refuse_dissolution(at(day), dissolution, AGREED | {"dissolution_settled": False})
        assert len(ends_of(dissolution)) == copies


def test_the_registrar_prints_it_on_that_day_only_while_the_file_stays_sealed(
    at, adoption, client, cast, monkeypatch
):
    dissolution = accept_dissolution(at(START), adoption, agreement="养父要求解除。")
    refuse_dissolution(at(START), dissolution, AGREED | {"dissolution_settled": False})
    (paper,) = ends_of(dissolution)
    address = f"/desk/adoption/rows/{adoption.pk}/copies/{paper.pk}/"
    client.force_login(cast["registrar"], backend="django.contrib.auth.backends.ModelBackend")
    for today, status in ((START, 200), (START + DAY, 404)):
        monkeypatch.setattr(
            "minzheng.foundation.accounts.middleware.Access", functools.partial(Access, today=today)
        )
        page = client.get(f"/desk/adoption/dissolutions/{dissolution.pk}/").content.decode()
        assert "没有协议一致" in page and (address in page) is (status == 200)
        assert client.get(address).status_code == status
