from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from articles.terms import terms

SEARCHED_COLUMNS = ("alt", "caption", "credit", "file_name")
ROWS_PER_STATEMENT = 1000  # rows


def write_terms(apps, schema_editor):
    """Store the terms of the pictures that are there already."""
    image_term = apps.get_model("articles", "ImageTerm")
    pictures = apps.get_model("articles", "Image").objects.values_list("pk", *SEARCHED_COLUMNS)
    rows = (
        image_term(image_id=pk, term=term)
        for pk, *texts in pictures.iterator()
        for term in sorted({term.encode() for text in texts for term in terms(text)})
    )
    while some := list(islice(rows, ROWS_PER_STATEMENT)):
        image_term.objects.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_advice_points")]

    operations = [
        migrations.RemoveIndex(model_name="image", name="image_undescribed"),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                fields=["alt", "-created_at", "-id"], condition=models.Q(decorative=False), name="image_undescribed"
            ),
        ),
        migrations.CreateModel(
            name="ImageTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.BinaryField()),
                (
                    "image",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "verbose_name": "term of a picture",
                "verbose_name_plural": "terms of pictures",
                "indexes": [
                    models.Index(fields=["term", "image"], name="image_term"),
                    models.Index(fields=["image", "term"], name="image_term_of_picture"),
                ],
            },
        ),
        migrations.RunPython(write_terms, migrations.RunPython.noop),
    ]
