"""A group for those who moderate comments, and the permission for Wagtail's own groups."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUP = "Comment moderators"
MODERATE = [("readercomment", "moderate", "Can moderate readers' comments")]
RULES = [
    (model, f"{action}_{model}", f"Can {action} {name}")
    for model, name in (("rule", "rule for comments"), ("partpolicy", "comments in a section"))
    for action in ("add", "change", "delete", "view")
]


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Editors decide about comments; moderators write rules, too. Who was given more or less keeps it."""
    group_model = apps.get_model("auth", "Group")
    moderate, rules = _permissions(apps, MODERATE), _permissions(apps, RULES)
    for group in group_model.objects.filter(name="Editors"):
        group.permissions.add(*moderate)
    for group in group_model.objects.filter(name="Moderators"):
        group.permissions.add(*moderate, *rules)
    own, _ = group_model.objects.get_or_create(name=GROUP)
    own.permissions.add(*moderate, *rules, *_permissions(apps, [_ADMIN], app="wagtailadmin"))


_ADMIN = ("admin", "access_admin", "Can access Wagtail admin")


def _permissions(apps: Apps, wanted: list[tuple[str, str, str]], app: str = "comments") -> list:
    """Made here: Django itself makes them only after all migrations have run."""
    types, permissions = (
        apps.get_model("contenttypes", "ContentType"),
        apps.get_model("auth", "Permission"),
    )
    return [
        permissions.objects.get_or_create(
            content_type=types.objects.get_or_create(app_label=app, model=model)[0],
            codename=codename,
            defaults={"name": name},
        )[0]
        for model, codename, name in wanted
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0004_counts_work_and_own_data"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
