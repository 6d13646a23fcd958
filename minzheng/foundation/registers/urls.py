"""Addresses under desk/registers/: the same for every register."""

from django.urls import path

from minzheng.foundation.registers.views import acting, approvals, details, editing, excel, jobs, lists, saved

app_name = "registers"
urlpatterns = [
    path("", lists.index, name="index"),
    path("exports/", approvals.waiting, name="approvals"),
    path("exports/<int:job_id>/", approvals.decide, name="approve"),
    path("<slug:code>/", lists.show, name="list"),
    path("<slug:code>/find", lists.find, name="find"),
    path("<slug:code>/add", editing.add, name="add"),
    path("<slug:code>/bulk", acting.bulk, name="bulk"),
    path("<slug:code>/views", saved.save, name="save_view"),
    path("<slug:code>/views/<int:view_id>/drop", saved.drop, name="drop_view"),
    path("<slug:code>/rows/<str:key>", details.show, name="detail"),
    path("<slug:code>/rows/<str:key>/reveal", details.show_revealed, name="reveal"),
    path("<slug:code>/rows/<str:key>/edit", editing.edit, name="edit"),
    path("<slug:code>/rows/<str:key>/act/<slug:action>", acting.act, name="act"),
    path("<slug:code>/export", excel.export, name="export"),
    path("<slug:code>/import", excel.upload, name="import"),
    path("<slug:code>/import/template", excel.blank, name="template"),
    path("<slug:code>/jobs/<int:job_id>", jobs.show, name="job"),
    path("<slug:code>/jobs/<int:job_id>/file", jobs.download, name="download"),
    path("<slug:code>/jobs/<int:job_id>/confirm", excel.confirm, name="confirm_import"),
    path("<slug:code>/jobs/<int:job_id>/discard", excel.discard, name="discard_import"),
    path("<slug:code>/jobs/<int:job_id>/failures", excel.failures, name="failed_rows"),
]
