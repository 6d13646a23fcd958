from django.apps import AppConfig


class RescueConfig(AppConfig):
    name = "minzheng.business.rescue"
    label = "rescue"
    verbose_name = "救助管理"
