from django.urls import include, path

from minzheng.online.api import document, pages
from minzheng.online.api.api import urls

app_name = "api"
urlpatterns = [
    path("", pages.guide, name="guide"),
    path("v1/openapi.json", document.show, name="document"),
    path("v1/", include((urls(), "v1"))),
]
