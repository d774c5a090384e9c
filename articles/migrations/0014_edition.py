from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_relatives"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("turn", models.BigIntegerField(primary_key=True, serialize=False)),
                ("turned_at", models.DateTimeField()),
            ],
        ),
    ]
