from django.urls import path

from minzheng.online.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="gallery"),
    path("preference", views.preference, name="preference"),
]
