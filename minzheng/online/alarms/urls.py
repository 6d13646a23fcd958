from django.urls import path

from minzheng.online.alarms import views

app_name = "alarms"
urlpatterns = [path("", views.alarm, name="alarm")]
