import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the checklist advises is noted beside each story, for the lists of the desk."""

    dependencies = [("articles", "0011_archive_follow_up")]

    operations = [
        migrations.CreateModel(
            name="AdvicePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=20)),
                ("target", models.BigIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advice_points",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "rule", "target"), name="advice_point_once")
                ],
            },
        ),
    ]
