"""Call users “people” in the admin."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_invitations")]

    operations = [
        migrations.AlterModelOptions(name="user", options={"verbose_name": "person", "verbose_name_plural": "people"}),
    ]
