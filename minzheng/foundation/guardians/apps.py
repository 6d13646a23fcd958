from django.apps import AppConfig


class GuardiansConfig(AppConfig):
    name = "minzheng.foundation.guardians"
    label = "guardians"
    verbose_name = "监护人代领"
