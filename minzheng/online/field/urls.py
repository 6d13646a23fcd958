from django.urls import path

from minzheng.online.field import leads, patrols, phone, problems, receipt, views

app_name = "field"
urlpatterns = [
    path("", views.today, name="today"),
    path("tasks/<int:pk>/", views.show, name="task"),
    path("tasks/<int:pk>/phone/", phone.reveal, name="phone"),
    path("tasks/<int:pk>/visit/", views.visit, name="visit"),
    path("visits/<int:pk>/", receipt.kept, name="kept"),
    path("visits/<int:pk>/apply/", receipt.apply, name="apply"),
    path("patrols/<int:pk>/met/", patrols.person, name="patrol"),
    path("leads/new/", leads.new, name="lead"),
    path("problems/", problems.index, name="problems"),
    path("problems/new/", problems.new, name="problem"),
    path("offline/", views.offline, name="offline"),
    path("worker.js", views.worker, name="worker"),
]
