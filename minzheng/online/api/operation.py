"""Declaring an operation of the API: what it needs, what it answers, and how the document describes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ninja import Router

from minzheng.online.api.problems import ProblemOut
from minzheng.online.api.scopes import SCOPES

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Declared:
    """One operation. `scopes`: one of them is needed; none: open to everyone, for the reason `public`.

    `keyed`: the call has an effect, so it must carry an Idempotency-Key.
    """

    method: str
    path: str
    scopes: tuple[str, ...] = ()
    public: str = ""
    keyed: bool = False

    @property
    def permit(self) -> str:
        """In the words of accounts/permits.py, for the test over all addresses."""
        if self.public:
            return f"public: {self.public}"
        permissions = {SCOPES[code].permission for code in self.scopes}
        return (
            "citizen"
            if permissions == {"citizen"}
            else f"logged in: 接口令牌须有授权范围 {'、'.join(self.scopes)}"
        )


OPERATIONS: list[Declared] = []


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    summary: str,
    response: Any,
    status: int = 200,
    scopes: tuple[str, ...] = (),
    public: str = "",
    keyed: bool = False,
    also: tuple[int, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`also`: errors beside those that every operation may answer with."""
    if bool(scopes) == bool(public):
        raise ValueError(f"{method} {path}: name the scopes, or say why it is public")
    declared = Declared(method, path, scopes, public, keyed)
    OPERATIONS.append(declared)
    errors = {400, 422, 429, 500, *also}
    if scopes:
        errors |= {401, 403}
    if "{" in path:
        errors.add(404)
    if method == "POST":
        errors |= {404, 409} if keyed else {409}
    responses = {status: response, **dict.fromkeys(sorted(errors), ProblemOut)}

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.declared = declared  # type: ignore[attr-defined]
        register = router.api_operation(
            [method], path, response=responses, summary=summary, operation_id=function.__name__, by_alias=True
        )
        return register(function)

    return declare
