from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "minzheng.foundation.registry"
    label = "registry"
    verbose_name = "注册中心"

    def ready(self) -> None:
        from minzheng.foundation.registry import checks  # noqa: F401
        from minzheng.foundation.registry.words import collect

        collect()
