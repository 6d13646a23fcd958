"""Who may open a paper of a case (documents/guards.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from minzheng.foundation.cases.lists import own_cases, visible
from minzheng.foundation.cases.persons import persons_of
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document


@document_guard
def papers_of_a_case(access: Any, document: Document) -> Sight | None:
    """Officers of the region see every paper; the family sees what it handed in, not the officers' evidence."""
    handed_in = Q(materials__document=document, materials__move=None) | Q(persons__authorisation=document)
    case = own_cases(access).filter(handed_in).first()
    if case is None:
        in_file = handed_in | Q(materials__document=document) | Q(notices__photo=document)
        case = visible(access).filter(in_file).first()
    return Sight(tuple(persons_of(case)), case.region_id) if case else None
