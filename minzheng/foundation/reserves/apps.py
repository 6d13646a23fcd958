from django.apps import AppConfig


class ReservesConfig(AppConfig):
    name = "minzheng.foundation.reserves"
    label = "reserves"
    verbose_name = "备用金"

    def ready(self) -> None:
        # Items name these guards before any of their cases moves.
        from minzheng.foundation.reserves import guards  # noqa: F401
