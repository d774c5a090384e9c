from django.db import migrations, models


def merge_steps(aliases, changes):
    """Return id of a merged tag → (its name, id of the tag it went into).

    The log of changes has every merge and undo. `aliases` (id, name, tag) only fill what it may lack: their ids went
    lost with later renames and merges.
    """
    steps = {pk: (name, tag) for pk, name, tag in aliases}
    for kind, tag, record in changes:
        for pk, name in record["sources"]:
            if kind == "merged":
                steps[pk] = (name, tag)
            else:
                steps.pop(pk, None)
    return steps


def record_merges(apps, schema_editor):
    merged_tags = apps.get_model("articles", "MergedTag").objects
    aliases = apps.get_model("articles", "TagAlias").objects.exclude(merged_id=None)
    changes = apps.get_model("articles", "TagChange").objects.order_by("pk")
    changes = changes.filter(models.Q(kind="merged") | models.Q(undoes__kind="merged"))
    steps = merge_steps(
        aliases.values_list("merged_id", "name", "tag_id"),
        changes.values_list("kind", "tag_id", "record").iterator(),
    )
    merged_tags.bulk_create(merged_tags.model(pk=pk, name=name, into_id=tag) for pk, (name, tag) in steps.items())


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_stuck_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="MergedTag",
            fields=[
                ("id", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("into_id", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "merged tag",
                "verbose_name_plural": "merged tags",
            },
        ),
        migrations.RunPython(record_merges, migrations.RunPython.noop),
        migrations.RemoveField(model_name="tagalias", name="merged_id"),
    ]
