"""Where allauth's own pages expect them: its names, our views."""

from django.urls import include, path

from minzheng.online.api.oauth import allowed, views

oidc = [
    path(".well-known/openid-configuration", views.configuration, name="configuration"),
    path(".well-known/jwks.json", views.jwks, name="jwks"),
    path("identity/o/authorize", views.authorization, name="authorization"),
    path("identity/o/api/token", views.token, name="token"),
    path("identity/o/api/revoke", views.revoke, name="revoke"),
]
app_name = "idp"
urlpatterns = [
    path("", include((oidc, "oidc"))),
    path("identity/apps/", allowed.apps, name="apps"),
    path("identity/apps/<slug:key>/end/", allowed.take_back, name="take_back"),
]
