"""People can be invited; mail goes to the addresses that they have."""

from django.db import migrations, models


def confirm_addresses(apps, schema_editor):
    """Let django-allauth know the addresses that people had before it."""
    people = apps.get_model("newsroom", "User").objects.exclude(email=None).exclude(email="")
    addresses = apps.get_model("account", "EmailAddress").objects
    addresses.bulk_create(
        addresses.model(user_id=pk, email=email, primary=True, verified=True)
        for pk, email in people.values_list("pk", "email")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0002_sign_in_by_allauth"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="invited_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invited"),
        ),
        migrations.RunPython(confirm_addresses, migrations.RunPython.noop),
    ]
