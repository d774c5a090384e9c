from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("txid", models.BigIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "changed key",
                "verbose_name_plural": "change log",
            },
        ),
        migrations.DeleteModel(
            name="Edition",
        ),
        migrations.AddIndex(
            model_name="changelog",
            index=models.Index(fields=["key", "txid"], name="change_log_key"),
        ),
        migrations.AddIndex(
            model_name="changelog",
            index=models.Index(fields=["txid"], name="change_log_txid"),
        ),
        migrations.AddIndex(
            model_name="changelog",
            index=models.Index(fields=["changed_at"], name="change_log_changed_at"),
        ),
    ]
