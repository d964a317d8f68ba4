import django.db.models.deletion
from django.db import migrations, models


def forget_nodes(apps, _schema_editor):
    """Lengths are counted along from the start: each node begins anew, and prints everything."""
    apps.get_model("press", "Node").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("press", "0003_newest_first"),
    ]

    operations = [
        migrations.RunPython(forget_nodes, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ListLength",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=1000)),
                ("articles", models.IntegerField()),
                ("node", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="list_lengths", to="press.node")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("node", "path"), name="press_one_length")],
            },
        ),
    ]
