"""Each section says of which labels a story needs a second pair of eyes."""

from django.db import migrations, models

import articles.models.section


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_editors_of_sections")]

    operations = [
        migrations.AddField(
            model_name="section",
            name="second_eyes",
            field=models.JSONField(
                blank=True,
                default=articles.models.section.default_second_eyes,
                help_text="A story with one of these labels is published by somebody else than its writer.",
                verbose_name="second pair of eyes",
            ),
        ),
    ]
