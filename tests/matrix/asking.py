"""Asking one address as somebody, behind no middleware."""

import time

from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.proof import PROVED_AT


def ask(path: str, access: Access, method: str = "GET") -> int:
    """The status that the view itself answers with, behind no middleware: so behind no wall of the database either.

    A view that forgets its scope would be covered by row-level security in a real request (docs/walls.md).
    """
    request = getattr(RequestFactory(), method.lower())(path)
    request.user = access.user
    request.access = access
    request.htmx = False
    request.session = SessionStore()
    request.session[PROVED_AT] = time.time()
    request._messages = FallbackStorage(request)
    request.resolver_match = match = resolve(path)
    try:
        return match.func(request, *match.args, **match.kwargs).status_code
    except PermissionDenied:
        return 403
    except Http404:
        return 404
