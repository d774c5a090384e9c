from django.db import migrations, models


class Migration(migrations.Migration):
    """A story in the trash has its content beside its rows, with the number of its shape."""

    dependencies = [("articles", "0009_one_kind_of_proposal")]

    operations = [
        migrations.AddField("trashentry", "content", models.JSONField(default=dict)),
    ]
