"""The cast and the scope that every other test stands on."""

import pytest
from django.http import Http404

from minzheng.foundation.people.models import Person


@pytest.mark.covers("S-007", by="minzheng/foundation/accounts/access.py", screen="/desk/registers/people/")
def test_it_shows_the_clerk_only_people_of_the_own_township(access, cast):
    seen = access("clerk").scope("person.read", Person.objects.all())
    assert cast["xiuying"].person in seen
    assert cast["finance"].person not in seen


def test_it_hides_another_countys_people_as_if_they_did_not_exist(access, cast):
    with pytest.raises(Http404):
        access("outsider").get("person.read", Person.objects.all(), pk=cast["xiuying"].person_id)
