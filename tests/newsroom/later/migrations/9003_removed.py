from django.db import migrations

from tests.newsroom.later.migrations._columns import REMOVED


class Migration(migrations.Migration):
    dependencies = [("newsroom", "9002_renamed")]
    operations = [REMOVED]
