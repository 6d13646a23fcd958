from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "minzheng.online.cockpit"
    label = "cockpit"
    verbose_name = "辖区概览"
