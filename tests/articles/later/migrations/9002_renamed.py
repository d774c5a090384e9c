from django.db import migrations

from tests.articles.later.migrations._columns import RENAMED


class Migration(migrations.Migration):
    dependencies = [("articles", "9001_added")]
    operations = [RENAMED]
