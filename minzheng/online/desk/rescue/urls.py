from django.urls import path

from minzheng.online.desk.rescue import exchange, searching, street, views

app_name = "rescue"
urlpatterns = [
    path("", views.index, name="index"),
    path("stays/new/", views.stay_new, name="stay_new"),
    path("stays/<int:pk>/", views.stay, name="stay"),
    path("stays/<int:pk>/told/", views.told, name="told"),
    path("stays/<int:pk>/alike/", searching.alike, name="alike"),
    path("stays/<int:pk>/<slug:key>/", views.stay_deed, name="stay_deed"),
    path("refusals/new/", views.refusal_new, name="refusal_new"),
    path("refusals/<int:pk>/", views.refusal, name="refusal"),
    path("missing/new/", searching.missing_new, name="missing_new"),
    path("matches/<int:pk>/", searching.match, name="match"),
    path("matches/<int:pk>/<slug:key>/", searching.match_deed, name="match_deed"),
    path("patrols/", street.patrols, name="patrols"),
    path("patrols/new/", street.patrol_new, name="patrol_new"),
    path("patrols/<int:pk>/", street.patrol, name="patrol"),
    path("patrols/<int:pk>/end/", street.patrol_end, name="patrol_end"),
    path("cases/", exchange.cases, name="cases"),
]
