from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "minzheng.foundation.forms"
    label = "forms"
    verbose_name = "表单"
