from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_picture_library"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="withdrawal_reason",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Optional. The page of the story shows it.",
                max_length=500,
                verbose_name="reason for readers",
            ),
        ),
    ]
