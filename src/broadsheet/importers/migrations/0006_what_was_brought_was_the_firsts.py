"""Old sites were brought to the first newspaper: now they say so."""

from django.db import migrations


def say_to_which(apps, _schema_editor):
    first = apps.get_model('wagtailcore', 'Site').objects.filter(is_default_site=True).first()
    if first is not None:
        apps.get_model('importers', 'Archive').objects.filter(site=None).update(site=first)


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0005_archives_of_papers'),
    ]

    operations = [
        migrations.RunPython(say_to_which, migrations.RunPython.noop),
    ]
