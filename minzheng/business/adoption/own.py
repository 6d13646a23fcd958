"""What the adopters themselves may see in the portal. The adopted person's own account shows nothing: that is the family's to tell."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from minzheng.business.adoption.models import Adoption, Application
from minzheng.foundation.people.models import Person


def applications_of(person: Person) -> QuerySet[Application]:
    """The latest first."""
    rows = Application.objects.filter(Q(adopter=person) | Q(spouse=person))
    return rows.select_related("adopter", "spouse", "child", "notice", "evaluation").order_by("-pk")


def adoptions_of(person: Person) -> QuerySet[Adoption]:
    rows = Adoption.objects.filter(Q(adopter=person) | Q(spouse=person))
    return rows.select_related("adopter", "spouse", "child").order_by("-pk")
