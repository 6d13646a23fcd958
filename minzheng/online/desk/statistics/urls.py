from django.urls import path, re_path

from minzheng.online.desk.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    re_path(r"^(?P<pk>\d+)/file\.(?P<suffix>csv|xlsx)$", views.file, name="file"),
    path("<int:pk>/renew/", views.renew, name="renew"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/send-back/", views.send_back, name="send_back"),
    path("<int:pk>/freeze/", views.freeze, name="freeze"),
    path("<int:pk>/correct/", views.correct, name="correct"),
]
