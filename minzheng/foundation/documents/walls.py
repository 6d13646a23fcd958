"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {
    "documents.Document": region(account=["uploaded_by"]).or_when(
        "EXISTS (SELECT FROM cases_casematerial m WHERE m.document_id = {key})"
    )
}
