from django.db import migrations

from tests.newsroom.later.migrations._columns import ADDED, TODAY


class Migration(migrations.Migration):
    dependencies = [("newsroom", TODAY)]
    operations = [ADDED]
