from django.urls import path

from minzheng.online.desk.children import views

app_name = "children"
urlpatterns = [
    path("agreements/<int:pk>/", views.agreement, name="agreement"),
    path("intakes/<int:pk>/leave/", views.leaving, name="leaving"),
]
