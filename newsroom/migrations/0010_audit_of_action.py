from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0009_webhooks")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["action", "at", "id"], name="audit_of_action"),
        ),
    ]
