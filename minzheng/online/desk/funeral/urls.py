from django.urls import path

from minzheng.online.desk.funeral import places, runs, views

app_name = "funeral"
urlpatterns = [
    path("", views.index, name="index"),
    path("receptions/new/", views.receive_new, name="receive"),
    path("receptions/<int:pk>/", views.reception, name="reception"),
    path("receptions/<int:pk>/bill/", views.bill, name="bill"),
    path("receptions/<int:pk>/paid/", views.paid, name="paid"),
    path("receptions/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("receptions/<int:pk>/<slug:deed>/", views.step, name="step"),
    path("prices/new/", views.price_new, name="price_new"),
    path("places/<int:pk>/", places.place, name="place"),
    path("spots/<int:pk>/", places.spot, name="spot"),
    path("runs/new/", runs.make, name="run_new"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/confirm/", runs.confirm, name="confirm"),
]
