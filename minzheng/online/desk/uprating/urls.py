from django.urls import path

from minzheng.online.desk.uprating import views

app_name = "uprating"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/<slug:code>/", views.new, name="new"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
