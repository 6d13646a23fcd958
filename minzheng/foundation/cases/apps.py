from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "minzheng.foundation.cases"
    label = "cases"
    verbose_name = "办件"
