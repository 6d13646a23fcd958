from django.urls import path

from minzheng.online.desk.data import catalogue, deliveries, lake

app_name = "data"
urlpatterns = [
    path("", catalogue.index, name="catalogue"),
    path("lake/", lake.index, name="lake"),
    path("lake/rebuild/", lake.rebuild, name="lake_rebuild"),
    path("lake/runs/<int:pk>/", lake.run, name="lake_run"),
    path("lake/runs/<int:pk>/stop/", lake.stop, name="lake_stop"),
    path("deliveries/", deliveries.index, name="deliveries"),
    path("deliveries/new/", deliveries.new, name="new_delivery"),
    path("deliveries/formats/<str:code>/sample/", deliveries.blank, name="sample"),
    path("deliveries/<int:pk>/", deliveries.show, name="delivery"),
    path("deliveries/<int:pk>/stop/", deliveries.stop, name="stop_delivery"),
    path("deliveries/<int:pk>/again/", deliveries.again, name="load_again"),
    path("deliveries/<int:pk>/rejected/", deliveries.rejected, name="rejected_rows"),
]
