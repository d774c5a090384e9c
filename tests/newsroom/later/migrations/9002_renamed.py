from django.db import migrations

from tests.newsroom.later.migrations._columns import RENAMED


class Migration(migrations.Migration):
    dependencies = [("newsroom", "9001_added")]
    operations = [RENAMED]
