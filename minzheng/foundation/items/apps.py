from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "minzheng.foundation.items"
    label = "items"
    verbose_name = "服务事项"
