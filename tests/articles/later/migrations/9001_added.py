from django.db import migrations

from tests.articles.later.migrations._columns import ADDED, TODAY


class Migration(migrations.Migration):
    dependencies = [("articles", TODAY)]
    operations = [ADDED]
