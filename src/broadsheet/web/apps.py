from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "broadsheet.web"
    label = "web"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created  # noqa: PLC0415, models load with it

        from . import checks, left_out, links  # noqa: F401, PLC0415, checks registers what `check --deploy` looks at

        left_out.leave_out()  # before the others are ready: this is the first of the applications
        connection_created.connect(links.on_connected, dispatch_uid="web.links")
