from django.urls import path

from minzheng.online.desk.ratings import views

app_name = "ratings"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/<slug:code>/", views.new, name="new"),
    path("ranking/", views.ranking_page, name="ranking"),
    path("<int:pk>/", views.rating, name="rating"),
    path("<int:pk>/<slug:key>/", views.deed, name="deed"),
]
