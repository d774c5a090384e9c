from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_last_use(apps, schema_editor):
    links = apps.get_model("articles", "TaggedArticle").objects.filter(tag=OuterRef("pk"), status="published")
    newest = links.order_by("-publish_at").values("publish_at")[:1]
    apps.get_model("articles", "Tag").objects.update(last_used_at=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_retagging"),
    ]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="last_used_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last use"),
        ),
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(fields=["tag", "status", "-publish_at"], name="tagging_tag_uses"),
        ),
        migrations.RunPython(note_last_use, migrations.RunPython.noop, elidable=True),
    ]
