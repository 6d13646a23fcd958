from django.urls import path

from minzheng.online.provider import views

app_name = "provider"
urlpatterns = [
    path("", views.today, name="today"),
    path("orders/<int:pk>/", views.order, name="order"),
]
