from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="revision",
            name="event",
            field=models.CharField(
                choices=[
                    ("found", "as it came in"),
                    ("saved", "saved"),
                    ("kept", "kept, not saved"),
                    ("noted", "note"),
                    ("submitted", "submitted for review"),
                    ("sent-back", "sent back"),
                    ("returned", "back to draft"),
                    ("published", "published"),
                    ("scheduled", "scheduled"),
                    ("changes-published", "changes published"),
                    ("changes-scheduled", "changes scheduled"),
                    ("changes-due", "scheduled changes went live"),
                    ("unscheduled", "changes taken off the schedule"),
                    ("discarded", "changes discarded"),
                    ("withdrawn", "withdrawn"),
                    ("restored", "older version restored"),
                    ("tagged", "tags changed"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
    ]
