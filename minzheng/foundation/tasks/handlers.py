"""Who may open a visit's photo or signature (documents/guards.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.tasks.lists import OFFICE, persons_of
from minzheng.foundation.tasks.models import Task


@document_guard
def photos_of_a_visit(access: Any, document: Document) -> Sight | None:
    """Whoever may see the task sees what was photographed and signed there."""
    taken = Q(visits__photos=document) | Q(visits__signatures=document)
    task = access.scope("task.read", Task.objects.filter(taken), OFFICE).first()
    return Sight(tuple(persons_of(task)), task.office_id) if task else None
