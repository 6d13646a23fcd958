from django.urls import path

from minzheng.online.desk.checks import views

app_name = "checks"
urlpatterns = [
    path("<slug:number>/progress/", views.progress, name="progress"),
    path("<slug:number>/report/", views.report, name="report"),
    path("<slug:number>/go-on/", views.go_on, name="go_on"),
    path("<slug:number>/again/", views.again, name="again"),
    path("<slug:number>/object/", views.object_to, name="object"),
    path("<slug:number>/objections/<int:pk>/", views.settle, name="settle"),
    path("of/<slug:number>/consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw"),
    path("of/<slug:number>/obligor/", views.add_obligor, name="obligor"),
]
