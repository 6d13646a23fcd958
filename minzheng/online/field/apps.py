from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "minzheng.online.field"
    label = "field"
    verbose_name = "走访"
