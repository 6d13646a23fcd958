from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    name = "minzheng.foundation.emergencies"
    label = "emergencies"
    verbose_name = "应急期间不退出"

    def ready(self) -> None:
        from minzheng.foundation.emergencies import guards  # noqa: F401
