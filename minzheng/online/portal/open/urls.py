from django.urls import path

from minzheng.online.portal.open import views

app_name = "open"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>.csv", views.dataset, name="dataset"),
]
