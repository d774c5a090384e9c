"""A person can be limited to some sections."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_picture_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="editors",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="sections", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
