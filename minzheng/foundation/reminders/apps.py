from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "minzheng.foundation.reminders"
    label = "reminders"
    verbose_name = "短信提醒"
