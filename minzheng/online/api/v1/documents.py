"""Uploading papers, which an application then names by their id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, UploadedFile
from ninja import Status as Answered
from pydantic import AfterValidator, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from minzheng.foundation.cases.drafts import AGENT_LETTER, AUTHORISATION
from minzheng.foundation.documents.check import UploadRefused
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.forms import Group
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.online.api.operation import operation
from minzheng.online.api.problems import Detail, Problem

router = Router(tags=["申请和办件"])
WRITE = ("my.apply", "case.submit")


class DocumentOut(Schema):
    id: int
    name: str
    content_type: str
    size: int


def kinds() -> list[str]:
    """Keys of all papers that any item asks for, as a material or as an answer, and of the two letters that every item may need."""
    found = {AGENT_LETTER, AUTHORISATION}
    for item in shelf(ServiceItem):
        found |= {material.key for material in item.materials}
        for part in item.form.parts:
            questions = part.questions if isinstance(part, Group) else (part,)
            found |= {question.key for question in questions if question.is_file}
    return sorted(found)


def _asked_for(value: str) -> str:
    if value not in kinds():
        raise PydanticCustomError("enum", "not asked for", {"expected": "、".join(kinds())})
    return value


@dataclass(frozen=True)
class _OneOfKinds:
    """Says in the document what `_asked_for` checks; asked for late, when all lines have been read."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Mapping[str, Any]:
        return {**handler(core), "enum": kinds()}


Kind = Annotated[str, AfterValidator(_asked_for), _OneOfKinds()]


@operation(
    router,
    "POST",
    "/documents",
    summary="上传材料",
    response=DocumentOut,
    status=201,
    scopes=WRITE,
    keyed=True,
    also=(413,),
)
def upload_document(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="JPG、PNG、WebP 或 PDF，一次一个")],
    kind: Annotated[
        Kind,
        Form(
            description="材料的 key，见事项；核对授权书为 authorisation，代办的委托书为 agent_letter",
        ),
    ],
) -> Any:
    if len(request.FILES.getlist("file")) > 1:  # the others would be dropped without a word
        text = "一次只能上传一个文件，请分几次上传。"
        raise Problem("invalid", text, [Detail(path="file", detail=text)])
    try:
        kept = store_document(file, kind=kind, user=request.access.user)  # type: ignore[attr-defined, arg-type]
    except UploadRefused as refusal:
        raise Problem("invalid", str(refusal), [Detail(path="file", detail=str(refusal))]) from None
    return Answered(
        201, {"id": kept.pk, "name": kept.name, "content_type": kept.content_type, "size": kept.size}
    )
