from django.db import migrations, models


class Migration(migrations.Migration):
    """Stories of a bulk load get their related stories by the server, a few at a time."""

    dependencies = [("articles", "0010_content_in_trash")]

    operations = [
        migrations.AlterField(
            "followup",
            "kind",
            models.CharField(
                choices=[
                    ("related", "Related"),
                    ("archive", "Archive"),
                    ("files", "Files"),
                    ("copies", "Copies"),
                    ("trash", "Trash"),
                ],
                max_length=20,
            ),
        )
    ]
