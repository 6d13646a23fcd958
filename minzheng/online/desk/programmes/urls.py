from django.urls import path

from minzheng.online.desk.programmes import planning, views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="index"),
    path("undertakings/<int:pk>/", views.undertaking, name="undertaking"),
    path("undertakings/<int:pk>/<slug:key>/", views.undertaking_deed, name="undertaking_deed"),
    path("problems/<int:pk>/", views.problem, name="problem"),
    path("problems/<int:pk>/<slug:key>/", views.problem_deed, name="problem_deed"),
    path("of/<slug:code>/", views.programme, name="programme"),
    path("of/<slug:code>/plan/", planning.plan, name="plan"),
    path("of/<slug:code>/units/", planning.units, name="units"),
]
