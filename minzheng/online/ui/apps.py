from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "minzheng.online.ui"
    label = "ui"
    verbose_name = "界面"
