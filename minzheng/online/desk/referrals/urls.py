from django.urls import path

from minzheng.online.desk.referrals import views

app_name = "referrals"
urlpatterns = [path("measures/<int:pk>/", views.measures, name="measures")]
