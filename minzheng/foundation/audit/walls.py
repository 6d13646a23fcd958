"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.accounts.walls.words import account, closed, not_personal

_AUDITORS = ", ".join(f"'{role}'" for role in sorted(map(str, roles_with("audit.read"))))

WALLS = {
    # One's own acts, the acts about oneself ("who looked at me"), and for auditors those of their regions.
    "audit.AuditEntry": account("actor").or_when(
        f"region ^@ ANY ((SELECT walls.prefixes(ARRAY[{_AUDITORS}]))::text[]) OR persons @> ARRAY[(SELECT walls.person())]"
    ),
    "audit.AuditPending": closed(inserts=True, never=["UPDATE", "DELETE"]),
    "audit.AuditLink": not_personal("只有次序和摘要", never=["INSERT"]),
}

# The chain is written by this function alone: the application can add an entry, and never a link.
DEFINERS = ("audit_seal()",)
