from django.urls import path

from minzheng.online.portal.near import views

app_name = "near"
urlpatterns = [path("", views.near, name="near")]
