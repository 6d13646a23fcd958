from django.urls import path

from minzheng.online.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:code>/", views.region, name="region"),
]
