"""Papers that come with a move: kept with the case, and only those that the user may open."""

from __future__ import annotations

from collections.abc import Iterable

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case, CaseMaterial, CaseMove
from minzheng.foundation.documents.guards import sight_of
from minzheng.foundation.documents.models import Document
from minzheng.foundation.items import Move


def keep_documents(
    access: Access, case: Case, move: Move, log: CaseMove, documents: Iterable[Document]
) -> None:
    """Evidence named in the record's file questions, and what was handed over with the move."""
    named = [(move.key, document) for document in documents]
    for question in move.form.questions.values():
        if question.is_file:
            found = Document.objects.filter(pk__in=log.record.get(question.key) or [])
            named += [(question.key, document) for document in found]
    refuse_foreign(access, [document for _, document in named])
    CaseMaterial.objects.bulk_create(
        [
            CaseMaterial(case=case, document=document, key=key, move=log, added_on=access.today)
            for key, document in named
        ],
        ignore_conflicts=True,
    )


def refuse_foreign(access: Access, documents: Iterable[Document]) -> None:
    """Nobody attaches a paper that the user may not open: its number may have been guessed."""
    if any(sight_of(access, document) is None for document in documents):
        raise Refused("有一份文件不是您上传的，请重新上传后再提交。")
