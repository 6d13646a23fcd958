from django.urls import path

from minzheng.online.api.desk import views

app_name = "clients"
urlpatterns = [
    path("", views.clients, name="clients"),
    path("new/", views.new, name="new"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/again/", views.send_again, name="send_again"),
    path("subscriptions/<int:pk>/end/", views.end_subscription, name="end_subscription"),
    path("<slug:key>/", views.client, name="client"),
    path("<slug:key>/rotate/", views.rotate, name="rotate"),
    path("<slug:key>/revoke/", views.revoke, name="revoke"),
    path("<slug:key>/subscribe/", views.add_subscription, name="subscribe"),
]
