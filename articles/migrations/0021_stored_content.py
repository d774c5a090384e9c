"""The content of a version is read in today's shape: the column, which stays, holds it as it was stored."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_search_by_time")]

    operations = [
        migrations.AlterField("revision", "content", models.JSONField(db_column="content")),
        migrations.RenameField("revision", "content", "stored"),
    ]
