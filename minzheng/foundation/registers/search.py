"""A search text is a name or a number: it is posted and kept in the session, and the address holds only a token."""

import secrets

from django.http import HttpRequest

KEPT = 20
LONGEST = 40


def remember(request: HttpRequest, text: str) -> str:
    """Keep the text for this session; returns the token for the address ("" for an empty text)."""
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return ""
    found = dict(request.session.get("finds", {}))
    token = secrets.token_hex(4)
    found[token] = text
    request.session["finds"] = dict(list(found.items())[-KEPT:])
    return token


def recall(request: HttpRequest, token: str) -> str | None:
    """The text behind a token; None for a token of another session (a shared link, an old bookmark)."""
    return request.session.get("finds", {}).get(token) if token else ""
