from django.urls import path

from minzheng.online.desk.homes import subsidies, views

app_name = "homes"
urlpatterns = [
    path("", views.own, name="own"),
    path("subsidies/", subsidies.index, name="subsidies"),
    path("subsidies/make/", subsidies.make, name="subsidy_make"),
    path("subsidies/<int:pk>/", subsidies.one, name="subsidy"),
    path("subsidies/<int:pk>/confirm/", subsidies.confirm, name="subsidy_confirm"),
    path("subsidies/<int:pk>/drop/", subsidies.drop, name="subsidy_drop"),
    path("<int:pk>/", views.home, name="home"),
    path("<int:pk>/do/<slug:act>/", views.do, name="do"),
    path("<int:pk>/residents/<int:resident>/<slug:act>/", views.resident, name="resident"),
]
