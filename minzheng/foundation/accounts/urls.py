"""Addresses under account/ beside allauth's: one's own log-in."""

from django.urls import path

from minzheng.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("forgotten/", views.forgotten, name="forgotten"),
    path("password/reset/", views.forgotten),  # in place of allauth's: nobody here has an e-mail address
    path("prove/", views.prove, name="prove"),
    path("log-ins/", views.log_ins, name="log_ins"),
    path("stay/", views.stay, name="stay"),
]
