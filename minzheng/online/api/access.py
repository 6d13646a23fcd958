"""The rights of one call: those of a user, narrowed by what the client was allowed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from minzheng.foundation.accounts.access import Access, organisations_of
from minzheng.foundation.accounts.models import Assignment
from minzheng.online.api.models import ApiClient
from minzheng.online.api.scopes import SCOPES


@dataclass
class PartnerAccess(Access):
    """A partner system: its service account's role over its region, and of that only what its scopes open."""

    scopes: frozenset[str] = frozenset()

    def prefixes(self, permission: str) -> list[str]:
        opened = {SCOPES[code].permission for code in self.scopes if code in SCOPES}
        return super().prefixes(permission) if permission in opened else []


@dataclass
class CitizenAccess(Access):
    """A citizen through an app: the own things. An officer's roles stay at the office."""

    @property
    def assignments(self) -> list[Assignment]:  # type: ignore[override]
        return []

    @cached_property
    def organisations(self) -> set[int]:  # type: ignore[override]
        """But an organisation applies through its account as a citizen does."""
        return organisations_of(self.in_force())


@dataclass(frozen=True)
class Caller:
    """Who calls: a partner or an app (`client`) with its scopes, or a visitor (None)."""

    access: Access
    client: ApiClient | None = None
    scopes: frozenset[str] = frozenset()
    key: str = ""  # under which its calls are counted, and its idempotency keys kept

    @property
    def today(self) -> dt.date:
        return self.access.today
