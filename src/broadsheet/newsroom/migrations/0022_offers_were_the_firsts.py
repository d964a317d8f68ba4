"""Contributions were offered to the first newspaper: now they say so."""

from django.db import migrations


def say_to_whom(apps, _schema_editor):
    first = apps.get_model('wagtailcore', 'Site').objects.filter(is_default_site=True).first()
    if first is not None:
        apps.get_model('newsroom', 'Contribution').objects.filter(site=None).update(site=first)


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0021_contributions_of_papers'),
    ]

    operations = [
        migrations.RunPython(say_to_whom, migrations.RunPython.noop),
    ]
