from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "minzheng.online.portal"
    label = "portal"
    verbose_name = "服务大厅"
