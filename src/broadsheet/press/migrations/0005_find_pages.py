from django.db import migrations

INDEXES = {
    "press_in_menus": "wagtailcore_page (path) WHERE show_in_menus",
    "press_signed": "newsroom_byline (contributor_id, article_id)",
    "press_tagged": "newsroom_articletag (tag_id, content_object_id)",
}


def create_indexes(_apps, schema_editor):
    """Pages by their address, those in menus, and the articles of a list, without reading whole tables.

    PostgreSQL's ordinary index can't hold very long addresses; its hash index can.
    """
    by_address = "USING hash (url_path)" if schema_editor.connection.vendor == "postgresql" else "(url_path)"
    for name, columns in {**INDEXES, "press_by_address": f"wagtailcore_page {by_address}"}.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {columns}")


def drop_indexes(_apps, schema_editor):
    for name in (*INDEXES, "press_by_address"):
        schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [
        ("press", "0004_list_lengths"),
        ("newsroom", "0003_look_and_display"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(create_indexes, drop_indexes)]
