from django.db import migrations

from tests.articles.later.migrations._columns import REMOVED


class Migration(migrations.Migration):
    dependencies = [("articles", "9002_renamed")]
    operations = [REMOVED]
