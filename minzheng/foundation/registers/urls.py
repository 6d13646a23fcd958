"""Addresses under desk/registers/: the same for every register."""

from django.urls import path

from minzheng.foundation.registers.views import details, lists, saved

app_name = "registers"
urlpatterns = [
    path("", lists.index, name="index"),
    path("<slug:code>/", lists.show, name="list"),
    path("<slug:code>/find", lists.find, name="find"),
    path("<slug:code>/views", saved.save, name="save_view"),
    path("<slug:code>/views/<int:view_id>/drop", saved.drop, name="drop_view"),
    path("<slug:code>/rows/<str:key>", details.show, name="detail"),
    path("<slug:code>/rows/<str:key>/reveal", details.show_revealed, name="reveal"),
]
