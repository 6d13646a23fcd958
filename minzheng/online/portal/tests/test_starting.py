"""Starting: where, for whom, and never twice."""

import pytest

from minzheng.foundation.accounts.models import User
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Person
from minzheng.online.portal.tests.family import HUSBAND

VILLAGE = "431227107203"
START = f"/portal/items/A1/start/{VILLAGE}/"


@pytest.fixture
def neighbour(cast, client):
    """A citizen who fills in for another."""
    person = Person.objects.create(name="姚大姐", id_no="431227197001010028", region_id=VILLAGE)
    user = User.objects.create(username="neighbour", display_name="姚大姐", person=person)
    client.force_login(user)
    return user


def test_it_shows_catalogue_and_guide_to_a_visitor(regions, client):
    assert "最低生活保障" in client.get("/portal/").content.decode()
    guide = client.get("/portal/items/A1/").content.decode()
    assert "开始申请" in guide
    assert "受理之日起3个工作日内" in guide
    assert "死亡后调整待遇" not in guide


@pytest.mark.parametrize(
    "words, first",
    [
        ("低保", "最低生活保障"),
        ("我家吃低保", "最低生活保障"),
        ("妈妈八十岁有什么钱", "高龄津贴"),
        ("五保户", "特困人员认定"),
        ("结婚证丢了", "补领婚姻登记证"),
        ("家里装扶手", "适老化改造"),
    ],
)
def test_it_finds_an_item_by_what_people_call_it(regions, client, words, first):
    found = client.get("/portal/", {"q": words}).context["items"]
    assert first in found[0].title


@pytest.mark.parametrize("words", ["zzz", "龘龘"])
def test_it_says_what_to_do_when_nothing_is_called_so(regions, client, words):
    page = client.get("/portal/", {"q": words}).content.decode()
    assert "没有找到这样的事项" in page and "12345" in page


def test_it_asks_a_visitor_to_log_in_before_applying(regions, client):
    assert "/account/login/" in client.get("/portal/items/A1/start/").url


@pytest.mark.parametrize("address", ["/portal/items/Z9/", "/portal/items/A1/start/431227107000/"])
def test_it_knows_no_unknown_item_and_starts_in_villages_only(xiuying, client, address):
    assert client.get(address).status_code == 404


def test_it_offers_the_registered_village_first_and_the_way_down_to_any_other(xiuying, client):
    page = client.get("/portal/items/A1/start/").content.decode()
    assert "是，就在新村" in page
    township = client.get("/portal/items/A1/start/?under=431227101000").content.decode()
    assert "/portal/items/A1/start/431227101200/" in township


def test_it_does_not_ask_again_what_is_known_about_the_applicant(xiuying, client):
    Person.objects.filter(pk=xiuying.person_id).update(phone="13912345678")
    client.post(START + "self/")
    data = Case.objects.get().data
    assert data["phone"] == "13912345678"
    assert data["members"] == [{"name": "杨秀英", "id_no": xiuying.person.id_no, "relation": "本人"}]


def test_it_goes_on_with_the_draft_instead_of_opening_a_second_one(xiuying, client):
    first, second = client.post(START + "self/"), client.post(START + "self/")
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_it_refuses_a_duplicate_application_and_shows_the_first(draft, xiuying, client):
    draft.submit()
    page = client.post(START + "self/").content.decode()
    assert "不能重复申请" in page
    assert draft.case.number in page
    assert Case.objects.count() == 1


def test_it_lets_a_neighbour_fill_in_and_records_the_channel(neighbour, client):
    answers = {"name": HUSBAND[0], "id_no": HUSBAND[1].lower(), "agent_relation": "邻居或朋友"}
    client.post(START + "other/", answers)
    case = Case.objects.get()
    assert (case.channel, case.applicant.name, case.opened_by) == ("agent", HUSBAND[0], neighbour)
    assert case.data["agent"] == {"relation": "邻居或朋友"}
    assert case.data["members"] == [{"name": HUSBAND[0], "id_no": HUSBAND[1], "relation": "本人"}]
    assert f"替{HUSBAND[0]}办理" in client.get(f"/portal/cases/{case.number}/apply/").content.decode()


def test_it_shows_a_neighbour_nothing_that_he_did_not_type(cast, neighbour, client):
    xiuying = cast["xiuying"].person
    Person.objects.filter(pk=xiuying.pk).update(phone="13912345678")
    client.post(
        START + "other/", {"name": xiuying.name, "id_no": xiuying.id_no, "agent_relation": "邻居或朋友"}
    )
    assert "phone" not in Case.objects.get().data


def test_it_does_not_tell_a_neighbour_that_somebody_has_applied(draft, cast, neighbour, client):
    xiuying = cast["xiuying"].person
    page = client.post(
        START + "other/", {"name": "杨秀英", "id_no": xiuying.id_no, "agent_relation": "邻居或朋友"}
    )
    text = page.content.decode()
    assert "现在不能代为申请" in text
    assert draft.case.number not in text


def test_it_refuses_a_name_that_does_not_belong_to_the_number(cast, neighbour, client):
    answers = {"name": "杨秀", "id_no": cast["xiuying"].person.id_no, "agent_relation": "邻居或朋友"}
    assert "姓名和身份证号对不上" in client.post(START + "other/", answers).content.decode()
    assert not Case.objects.exists()
