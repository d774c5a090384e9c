from django.db import migrations, models


def rename_state(before, after):
    def rename(apps, schema_editor):
        apps.get_model("articles", "TagProposal").objects.filter(state=before).update(state=after)

    return rename


class Migration(migrations.Migration):
    """Proposals of tags have the states and the answer that those for pictures have."""

    dependencies = [("articles", "0008_tag_proposals")]

    operations = [
        migrations.RenameField("tagproposal", "reason", "answer"),
        migrations.AlterField(
            "tagproposal", "answer", models.CharField(blank=True, max_length=500, verbose_name="answer")
        ),
        migrations.AlterField(
            "tagproposal",
            "state",
            models.CharField(
                choices=[
                    ("open", "pending"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.RunPython(rename_state("rejected", "declined"), rename_state("declined", "rejected")),
    ]
