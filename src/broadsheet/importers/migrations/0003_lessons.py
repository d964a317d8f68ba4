from django.db import migrations, models

KINDS = [
    ("CONTRIBUTOR", "Contributor"),
    ("SECTION", "Section"),
    ("PHOTO", "Photo of the library"),
    ("PHOTO_ADDRESS", "Photo known by its address only"),
    ("FILE", "File"),
    ("ARTICLE", "Article"),
    ("PAGE", "Page"),
    ("LESSON", "Lesson"),
]


class Migration(migrations.Migration):
    dependencies = [("importers", "0002_unfinished_and_changed")]

    operations = [
        migrations.AlterField("imported", "kind", models.CharField(choices=KINDS, max_length=13)),
    ]
