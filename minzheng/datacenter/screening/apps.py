from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "minzheng.datacenter.screening"
    label = "screening"
    verbose_name = "筛查"
