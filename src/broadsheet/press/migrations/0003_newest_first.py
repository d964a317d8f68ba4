from django.db import migrations


class Migration(migrations.Migration):
    """The newest articles of a long archive without sorting all of it: Wagtail has no index on the time of publication."""

    dependencies = [
        ("press", "0002_forms"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX press_newest_first ON wagtailcore_page (first_published_at DESC, id DESC)",
            "DROP INDEX press_newest_first",
        )
    ]
