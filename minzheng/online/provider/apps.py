from django.apps import AppConfig


class ProviderConfig(AppConfig):
    name = "minzheng.online.provider"
    label = "provider"
    verbose_name = "服务单位"
