from django.urls import path

from minzheng.online.desk.services import contracts, hotline, views

app_name = "services"
urlpatterns = [
    path("hotline/", hotline.hotline, name="hotline"),
    path("contracts/new/", contracts.new_contract, name="contract_new"),
    path("new/<int:pk>/", views.new, name="new"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("settlements/", views.settlements, name="settlements"),
    path("settlements/new/", views.draw_up, name="draw_up"),
    path("settlements/<int:pk>/", views.settlement, name="settlement"),
    path("settlements/<int:pk>/confirm/", views.confirm, name="settlement_confirm"),
]
