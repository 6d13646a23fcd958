"""The word FactView (台账即事实): what one of our own registers says about people, read as facts where it stands.

Nothing is copied: a right that ends or a certificate that is corrected changes the next decision by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from minzheng.foundation.registry.words import Word


@dataclass(frozen=True, kw_only=True)
class FactView(Word):
    """`sql()` gives a SELECT of (id, person_id, values, since, until): facts as JSON, `until` the first day without.

    With `subject="household"` it is household_id, and the facts are those of families.

    It may use %(on)s, the day that is asked about; an empty text says nothing. `title` names the source to people.
    """

    file: ClassVar[str] = "fact_views"
    sql: Callable[[], str]
    subject: str = "person"
