from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "minzheng.online.desk"
    label = "desk"
    verbose_name = "工作台"
