"""Every address of the site. Each view behind it declares who may open it (accounts/permits.py)."""

from django.urls import include, path

from minzheng.foundation.accounts.views import home
from minzheng.online.portal.elders import views as elders

urlpatterns = [
    path("", home, name="home"),
    path("account/", include("minzheng.foundation.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("documents/", include("minzheng.foundation.documents.urls")),
    path("desk/registers/", include("minzheng.foundation.registers.urls")),
    path("desk/api/", include("minzheng.online.api.desk.urls")),
    path("desk/", include("minzheng.online.desk.urls")),
    path("cockpit/", include("minzheng.online.cockpit.urls")),
    path("field/", include("minzheng.online.field.urls")),
    path("open/", include("minzheng.online.portal.open.urls")),
    path("rescue/", include("minzheng.online.portal.rescue.urls")),
    path("elder-services/", elders.services, name="elder_services"),
    path("elder-homes/", elders.homes, name="elder_homes"),
    path("services-near/", include("minzheng.online.portal.near.urls")),
    path("provider/", include("minzheng.online.provider.urls")),
    path("alarms/", include("minzheng.online.alarms.urls")),
    path("portal/", include("minzheng.online.portal.urls")),
    path("verify/", include("minzheng.online.verify.urls")),
    path("api/", include("minzheng.online.api.urls")),
    path("", include("minzheng.online.api.oauth.urls")),
    path("ui/", include("minzheng.online.ui.urls")),
]

# allauth asks here what to answer to who is too fast.
handler429 = "minzheng.foundation.accounts.rates.too_many"
