from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "minzheng.foundation.programmes"
    label = "programmes"
    verbose_name = "行动"
