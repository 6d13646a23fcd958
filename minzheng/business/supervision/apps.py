from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "minzheng.business.supervision"
    label = "supervision"
    verbose_name = "监督与保障"
