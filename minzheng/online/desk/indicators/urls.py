from django.urls import path

from minzheng.online.desk.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("<code>/", views.show, name="show"),
    path("<code>/report/", views.report, name="report"),
]
