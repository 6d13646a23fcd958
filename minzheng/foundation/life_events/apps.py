from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    name = "minzheng.foundation.life_events"
    label = "life_events"
    verbose_name = "生命事件的后果"
