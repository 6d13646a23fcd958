from django.urls import path

from minzheng.online.portal.rescue import views

app_name = "rescue"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:token>/", views.show, name="show"),
    path("<slug:token>/photo/", views.photo, name="photo"),
]
