from django.urls import path

from minzheng.online.desk.reserves import moves, views

app_name = "reserves"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.fund, name="fund"),
    path("<int:pk>/top-up/", moves.top_up, name="top_up"),
    path("<int:pk>/replenish/", moves.replenish, name="replenish"),
    path("<int:pk>/give-back/", moves.give_back, name="give_back"),
    path("<int:pk>/limits/", moves.limits, name="limits"),
    path("<int:pk>/count/", moves.count, name="count"),
    path("<int:pk>/audit/<int:year>.xlsx", moves.audit_list, name="audit_list"),
    path("months/<int:pk>/confirm/", moves.confirm_month, name="confirm"),
    path("vouchers/<int:pk>/take-back/", moves.take_back, name="take_back"),
]
