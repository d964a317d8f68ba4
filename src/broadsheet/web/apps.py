from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "broadsheet.web"
    label = "web"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415, it registers what `check --deploy` looks at
