"""What the matrices must know of adoption."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from minzheng.business.adoption.models import Adoption, Application, Dissolution, Evaluation, Unsealing
from tests.matrix.places import COUNTY, another

SPECIAL: dict[type[Model], dict[str, Any]] = {
    Application: {**COUNTY, "child": another, "number": lambda place: place.county},
    Evaluation: {**COUNTY, "version": "2021-01-01/"},
    Adoption: {**COUNTY, "child": another, "number": lambda place: place.county},
    Dissolution: COUNTY,
    Unsealing: COUNTY,
}
KINDS: dict[str, type[Model]] = {
    "desk/adoption/applications/<": Application,
    "desk/adoption/evaluations/<": Evaluation,
    "desk/adoption/rows/<": Adoption,
    "desk/adoption/dissolutions/<": Dissolution,
    "desk/adoption/unsealings/<": Unsealing,
}
WORDS: dict[str, dict[str, str]] = {
    "desk/adoption/applications/<int:pk>/<slug:deed>/": {"deed": "find-out"},
    "desk/adoption/evaluations/<int:pk>/<slug:deed>/": {"deed": "bonding"},
    "desk/adoption/rows/<int:pk>/<slug:deed>/": {"deed": "unseal"},
    "desk/adoption/dissolutions/<int:pk>/<slug:deed>/": {"deed": "register"},
    "desk/adoption/unsealings/<int:pk>/<slug:deed>/": {"deed": "keep"},
}
