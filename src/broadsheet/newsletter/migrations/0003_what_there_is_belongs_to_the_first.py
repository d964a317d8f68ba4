"""Subscribers and editions were the first newspaper's: now they say so."""

from django.db import migrations


def say_whose(apps, _schema_editor):
    first = apps.get_model('wagtailcore', 'Site').objects.filter(is_default_site=True).first()
    if first is not None:
        for name in ('Subscriber', 'Edition'):
            apps.get_model('newsletter', name).objects.filter(site=None).update(site=first)


class Migration(migrations.Migration):

    dependencies = [
        ('newsletter', '0002_papers'),
    ]

    operations = [
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
