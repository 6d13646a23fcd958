from django.urls import path

from minzheng.foundation.documents import views

app_name = "documents"
urlpatterns = [path("<int:pk>/", views.show_document, name="show")]
