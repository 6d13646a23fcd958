from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "minzheng.foundation.accounts"
    label = "accounts"
    verbose_name = "账号与权限"
