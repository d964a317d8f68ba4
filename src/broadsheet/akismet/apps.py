from django.apps import AppConfig


class AkismetConfig(AppConfig):
    name = "broadsheet.akismet"
    label = "akismet"
    default_auto_field = "django.db.models.BigAutoField"
