from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CryptoConfig(AppConfig):
    name = "minzheng.foundation.crypto"
    label = "crypto"
    verbose_name = "加密"

    def ready(self) -> None:
        from minzheng.foundation.crypto.ready import make_ready

        post_migrate.connect(make_ready, sender=self, dispatch_uid="crypto.keys")
