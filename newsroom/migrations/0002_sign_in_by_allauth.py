"""django-allauth counts failed sign-ins, in the cache that all processes share."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", "newsroom_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="FailedSignIn"),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop, elidable=False),
    ]
