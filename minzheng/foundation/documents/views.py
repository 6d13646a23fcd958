"""Opening a document: by right, recorded, and never as something a browser would run."""

from django.http import FileResponse, Http404, HttpRequest

from minzheng.foundation.accounts.permits import logged_in
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.documents.guards import sight_of
from minzheng.foundation.documents.models import Document


@logged_in("群众看自己的材料，工作人员看经办的材料；具体权限由材料所属业务判断")  # type: ignore[arg-type]
def show_document(request: HttpRequest, pk: int) -> FileResponse:
    with beyond_region("一份材料谁能看，由它所属的业务判断（documents/guards.py）"):
        document = Document.objects.filter(pk=pk).first()
        sight = sight_of(request.access, document) if document else None  # type: ignore[attr-defined]
    if document is None or sight is None:
        raise Http404("没有找到这份材料，或者您无权查看。")
    record_read("查看材料", actor=request.user, subject=document, persons=sight.persons, region=sight.region)  # type: ignore[arg-type]
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=not document.is_picture,
        filename=document.name,
        content_type=document.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
