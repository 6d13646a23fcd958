from django.urls import path

from minzheng.online.provider import views, workers

app_name = "provider"
urlpatterns = [
    path("", views.today, name="today"),
    path("workers/", workers.workers, name="workers"),
    path("orders/<int:pk>/", views.order, name="order"),
]
