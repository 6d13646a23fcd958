"""What the matrices must know of rescue."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from minzheng.business.rescue.models import Match as RescueMatch
from minzheng.business.rescue.models import MissingReport, Patrol, Refusal
from minzheng.business.rescue.models import Stay as RescueStay
from minzheng.foundation.people.models import Person

SPECIAL: dict[type[Model], dict[str, Any]] = {
    RescueStay: {"sex": "1", "number": lambda place: f"JZ{place.serial}"},
    MissingReport: {
        "number": lambda place: f"ZS{place.serial}",
        "reporter": lambda place: place.get(Person),
    },
}
KINDS: dict[str, type[Model]] = {
    "desk/rescue/stays/<": RescueStay,
    "desk/rescue/refusals/<": Refusal,
    "desk/rescue/matches/<": RescueMatch,
    "desk/rescue/patrols/<": Patrol,
    "field/patrols/<": Patrol,
}
WORDS: dict[str, dict[str, str]] = {
    "desk/rescue/stays/<int:pk>/<slug:key>/": {"key": "health"},
    "desk/rescue/matches/<int:pk>/<slug:key>/": {"key": "decide"},
}
