from django.urls import path

from minzheng.online.desk.adoption import archive, evaluations, views

app_name = "adoption"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("applications/<int:pk>/", views.application, name="application"),
    path("applications/<int:pk>/notices/<int:copy>/", views.notice, name="notice"),
    path("applications/<int:pk>/<slug:deed>/", views.application_deed, name="application_deed"),
    path("evaluations/", evaluations.mine, name="evaluations"),
    path("evaluations/<int:pk>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/<slug:deed>/", evaluations.evaluation_deed, name="evaluation_deed"),
    path("archive/", archive.find, name="find"),
    path("rows/<int:pk>/", archive.row, name="row"),
    path("rows/<int:pk>/copies/<int:copy>/", archive.copy, name="copy"),
    path("rows/<int:pk>/<slug:deed>/", archive.row_deed, name="row_deed"),
    path("dissolutions/<int:pk>/", archive.dissolution, name="dissolution"),
    path("dissolutions/<int:pk>/<slug:deed>/", archive.dissolution_deed, name="dissolution_deed"),
    path("unsealings/", archive.unsealings, name="unsealings"),
    path("unsealings/<int:pk>/", archive.unsealing, name="unsealing"),
    path("unsealings/<int:pk>/file/", archive.file, name="file"),
    path("unsealings/<int:pk>/<slug:deed>/", archive.unsealing_deed, name="unsealing_deed"),
]
