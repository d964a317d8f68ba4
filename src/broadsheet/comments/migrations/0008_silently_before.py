from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0007_decided_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='silently',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
