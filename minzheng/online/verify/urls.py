from django.urls import path

from minzheng.online.verify import views

app_name = "verify"
urlpatterns = [
    path("", views.home, name="home"),
    path("roots.pem", views.roots, name="roots"),
    path("shown/<code>/", views.shown, name="shown"),
    path("<token>/", views.certificate, name="certificate"),
]
