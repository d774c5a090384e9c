"""Sessions can be ended without a list of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_people")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=22),
        ),
    ]
