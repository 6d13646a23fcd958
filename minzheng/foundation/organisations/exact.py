"""Finding the one record of an organisation: by its whole code, wherever it is registered."""

from __future__ import annotations

from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.organisations.models import Organisation


@beyond_region("按完整的统一社会信用代码找单位，不论登记在哪里")
def organisation_with(code: str) -> Organisation | None:
    """The organisation of that code (as parse_uscc gives it), or None."""
    return Organisation.objects.filter(uscc=code).select_related("region").first()
