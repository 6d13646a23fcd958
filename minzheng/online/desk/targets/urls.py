from django.urls import path

from minzheng.online.desk.targets import views

app_name = "targets"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
]
