from django.urls import path

from minzheng.online.cockpit import views
from minzheng.online.cockpit.simulations import views as simulations

app_name = "cockpit"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:code>/", views.region, name="region"),
    path("simulations/", simulations.index, name="simulations"),
    path("simulations/new/", simulations.new, name="new_simulation"),
    path("simulations/<int:key>/", simulations.show, name="simulation"),
    path("simulations/<int:key>/cancel/", simulations.cancel, name="cancel_simulation"),
    path("simulations/<int:key>/sheet/", simulations.sheet, name="simulation_sheet"),
]
