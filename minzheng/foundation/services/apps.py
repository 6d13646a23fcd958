from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "minzheng.foundation.services"
    label = "services"
    verbose_name = "服务工单与结算"
