from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "minzheng.foundation.events"
    label = "events"
    verbose_name = "业务事件"
