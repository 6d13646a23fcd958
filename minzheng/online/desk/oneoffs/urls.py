from django.urls import path

from minzheng.online.desk.oneoffs import views

app_name = "oneoffs"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/<slug:code>/", views.new, name="new"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/post/", views.post, name="post"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
