from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importers", "0001_initial")]

    operations = [
        migrations.AddField("archive", "is_unfinished", models.BooleanField(default=False)),
        migrations.AddField("imported", "changed_at", models.DateTimeField(null=True)),
    ]
