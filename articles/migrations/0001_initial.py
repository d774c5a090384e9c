import uuid

import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import articles.clock
import articles.models.article


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "saved_at",
                    models.DateTimeField(default=articles.clock.now, editable=False, verbose_name="last saved"),
                ),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="publication time")),
                (
                    "unpublish_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Leave empty to keep it online.",
                        null=True,
                        verbose_name="end of publication",
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="No part of the story can be public before then.",
                        null=True,
                        verbose_name="embargo",
                    ),
                ),
                ("first_published_at", models.DateTimeField(editable=False, null=True, verbose_name="first published")),
                ("address_date", models.DateField(editable=False, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True, verbose_name="updated")),
                ("headline", models.CharField(blank=True, max_length=200, verbose_name="headline")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of its address; made from the headline.",
                        max_length=100,
                        verbose_name="slug",
                    ),
                ),
                (
                    "kicker",
                    models.CharField(
                        blank=True, help_text="A few words above the headline.", max_length=80, verbose_name="kicker"
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the headline; teasers begin with it.",
                        verbose_name="standfirst",
                    ),
                ),
                (
                    "dateline",
                    models.CharField(
                        blank=True, help_text="The place: Lomé, Abuja.", max_length=120, verbose_name="dateline"
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="story")),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("news", "News"),
                            ("analysis", "Analysis"),
                            ("opinion", "Opinion"),
                            ("interview", "Interview"),
                            ("press-release", "Press release"),
                            ("sponsored", "Sponsored"),
                        ],
                        default="news",
                        max_length=20,
                        verbose_name="label",
                    ),
                ),
                (
                    "lead_caption",
                    models.TextField(
                        blank=True,
                        help_text="For this story only. Leave empty to use the picture’s own caption.",
                        verbose_name="caption",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default=articles.models.article.default_language, max_length=10, verbose_name="language"
                    ),
                ),
                ("translation_group", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "compact_teaser",
                    models.CharField(
                        blank=True,
                        help_text="Replaces the automatic teaser; 100 characters.",
                        max_length=200,
                        verbose_name="compact teaser",
                    ),
                ),
                (
                    "long_teaser",
                    models.CharField(
                        blank=True,
                        help_text="Replaces the automatic teaser; 150 characters.",
                        max_length=300,
                        verbose_name="long teaser",
                    ),
                ),
                (
                    "never_teased",
                    models.BooleanField(
                        default=False,
                        help_text="Other stories’ pages will not link to it.",
                        verbose_name="never as a related story",
                    ),
                ),
                ("compact_text", models.CharField(blank=True, editable=False, max_length=400)),
                ("long_text", models.CharField(blank=True, editable=False, max_length=600)),
                ("word_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="words")),
                (
                    "created_at",
                    models.DateTimeField(default=articles.clock.now, editable=False, verbose_name="created"),
                ),
                ("source_id", models.CharField(editable=False, max_length=500, null=True, unique=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "permissions": [
                    ("publish_article", "Can publish, schedule and withdraw stories"),
                    ("change_any_article", "Can change everyone’s stories, including live ones"),
                    ("view_any_article", "Can open everyone’s stories"),
                    ("retag_article", "Can add and remove the tags of many stories at once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("turn", models.BigIntegerField(primary_key=True, serialize=False)),
                ("turned_at", models.DateTimeField()),
            ],
        ),
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
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("found", "as it came in"),
                            ("saved", "saved"),
                            ("kept", "kept, not saved"),
                            ("noted", "note"),
                            ("submitted", "submitted for review"),
                            ("sent-back", "sent back"),
                            ("returned", "back to draft"),
                            ("published", "published"),
                            ("scheduled", "scheduled"),
                            ("changes-published", "changes published"),
                            ("changes-scheduled", "changes scheduled"),
                            ("changes-due", "scheduled changes went live"),
                            ("unscheduled", "changes unscheduled"),
                            ("discarded", "changes discarded"),
                            ("withdrawn", "withdrawn"),
                            ("restored", "older version restored"),
                            ("tagged", "tags changed"),
                        ],
                        max_length=20,
                        verbose_name="what happened",
                    ),
                ),
                ("stored", models.JSONField(db_column="content")),
                ("saved_at", models.DateTimeField(default=articles.clock.now, verbose_name="when")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("published", models.BooleanField(default=False)),
                ("for_time", models.DateTimeField(null=True)),
                ("word_count", models.PositiveIntegerField(default=0)),
                ("words_added", models.PositiveIntegerField(default=0)),
                ("words_removed", models.PositiveIntegerField(default=0)),
                ("fields", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
            },
        ),
        migrations.CreateModel(
            name="WordCounts",
            fields=[
                ("language", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("stories", models.PositiveIntegerField()),
                ("counts", models.JSONField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "word counts",
                "verbose_name_plural": "word counts",
            },
        ),
        migrations.CreateModel(
            name="RelatedList",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="related_list",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("matches", models.JSONField(default=list)),
                ("tags", models.JSONField(default=list)),
                ("worked_out_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "related list",
                "verbose_name_plural": "related lists",
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="As readers see it.", max_length=120, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the public address.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="For example: Energy correspondent.", max_length=120, verbose_name="role"
                    ),
                ),
                ("biography", models.TextField(blank=True, verbose_name="biography")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="public e-mail")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("mastodon", models.URLField(blank=True, verbose_name="Mastodon")),
                ("linkedin", models.URLField(blank=True, verbose_name="LinkedIn")),
                ("x_profile", models.URLField(blank=True, verbose_name="X")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Untick for a former colleague.", verbose_name="active"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="Leave empty for a person who does not write here.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(default="draft", editable=False, max_length=20)),
                ("publish_at", models.DateTimeField(editable=False, null=True)),
                ("language", models.CharField(default="", editable=False, max_length=10)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "author"),
                            ("contributor", "with"),
                            ("photographer", "pictures"),
                            ("translator", "translation"),
                            ("editor", "edited by"),
                        ],
                        default="author",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bylines", to="articles.article"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bylines", to="articles.author"
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="authors",
            field=models.ManyToManyField(related_name="articles", through="articles.Byline", to="articles.author"),
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("related", "Related"), ("files", "Files"), ("copies", "Copies")], max_length=20
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("due_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("token", models.UUIDField(default=uuid.uuid4)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "indexes": [models.Index(fields=["due_at"], name="follow_up_due")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="follow_up_once")],
            },
        ),
        migrations.CreateModel(
            name="FormBrowser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(db_index=True, default=articles.clock.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "browser of a form",
                "verbose_name_plural": "browsers of forms",
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="images/", verbose_name="file")),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What a reader who cannot see the picture should know.",
                        max_length=250,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False,
                        help_text="Tick if the picture adds nothing to the text.",
                        verbose_name="decorative",
                    ),
                ),
                ("caption", models.TextField(blank=True, verbose_name="caption")),
                ("credit", models.CharField(blank=True, max_length=200, verbose_name="credit")),
                (
                    "focal_x",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="In percent.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point, from the left",
                    ),
                ),
                (
                    "focal_y",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="In percent.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point, from the top",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                ("byte_size", models.PositiveIntegerField(editable=False, verbose_name="size")),
                ("content_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("renditions", models.JSONField(default=dict, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="author",
            name="photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.image",
                verbose_name="photo",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="body_images",
            field=models.ManyToManyField(editable=False, related_name="in_bodies", to="articles.image"),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to="articles.image",
                verbose_name="lead picture",
            ),
        ),
        migrations.CreateModel(
            name="ImageProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("proposed_at", models.DateTimeField(default=articles.clock.now)),
                ("proposed", models.JSONField()),
                ("before", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "pending"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="articles.image"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal for a picture",
                "verbose_name_plural": "proposals for pictures",
            },
        ),
        migrations.CreateModel(
            name="Keyword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("word", models.CharField(max_length=60)),
                ("weight", models.FloatField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keywords", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "keyword",
                "verbose_name_plural": "keywords",
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unsaved", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="articles.article",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
            },
        ),
        migrations.CreateModel(
            name="RelatedChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("compact", "pinned among the compact teasers"),
                            ("long", "pinned among the long teasers"),
                            ("never", "never here"),
                        ],
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_choices",
                        to="articles.article",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "related story",
                "verbose_name_plural": "related stories",
                "ordering": ["place", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StuckChanges",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stuck",
                        serialize=False,
                        to="articles.revision",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("reason", models.TextField()),
                ("attempts", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "stuck changes",
                "verbose_name_plural": "stuck changes",
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="saved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="due",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="waiting",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("name", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("given", models.ManyToManyField(related_name="+", to="auth.permission")),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="auth.group"
                    ),
                ),
            ],
            options={
                "verbose_name": "role of the newsroom",
                "verbose_name_plural": "roles of the newsroom",
            },
        ),
        migrations.CreateModel(
            name="SavedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                ("version", models.PositiveIntegerField()),
                ("posted", models.CharField(max_length=64)),
                ("saved_at", models.DateTimeField(db_index=True, default=articles.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "saved form",
                "verbose_name_plural": "saved forms",
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("moment", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("document", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_entry", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of its address.", max_length=80, unique=True, verbose_name="slug"
                    ),
                ),
                (
                    "other_names",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By language code, for example {“fr”: “Finances”}.",
                        verbose_name="names in other languages",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Low numbers first.", verbose_name="place in the menu"
                    ),
                ),
                ("in_menu", models.BooleanField(default=True, verbose_name="in the menu")),
                ("story_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="stories")),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["position", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                        ),
                        name="section_has_name_and_slug",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="section",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.section",
                verbose_name="section",
            ),
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recipient",
                    models.CharField(
                        help_text="The name of the person who may read it.", max_length=120, verbose_name="for"
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=articles.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reads", models.PositiveIntegerField(default=0)),
                ("last_read_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="articles.article"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "share link",
                "verbose_name_plural": "share links",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of its address.",
                        max_length=100,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=120, unique=True, verbose_name="key")),
                (
                    "description",
                    models.TextField(blank=True, help_text="Shown on the tag's page.", verbose_name="description"),
                ),
                ("story_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="stories")),
                ("last_used_at", models.DateTimeField(editable=False, null=True, verbose_name="last use")),
                (
                    "created_at",
                    models.DateTimeField(default=articles.clock.now, editable=False, verbose_name="created"),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
                "permissions": [("merge_tag", "Can merge tags")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("key", ""), _negated=True)),
                        name="tag_has_name_and_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=255, unique=True, verbose_name="path")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="articles.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="articles.author",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="articles.section",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="DistinctTags",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=articles.clock.now, verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.tag",
                        verbose_name="other tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tags that are not the same",
                "verbose_name_plural": "tags that are not the same",
            },
        ),
        migrations.CreateModel(
            name="TagAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=120, unique=True, verbose_name="key")),
                ("slug", models.SlugField(blank=True, max_length=100, unique=True, verbose_name="slug")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="TagChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renamed", "renamed"),
                            ("merged", "merged"),
                            ("retired", "deleted"),
                            ("undone", "undone"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("tag_id", models.PositiveBigIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="tag")),
                ("at", models.DateTimeField(default=articles.clock.now, verbose_name="when")),
                ("record", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="articles.tagchange",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of tags",
                "verbose_name_plural": "changes of tags",
            },
        ),
        migrations.CreateModel(
            name="MovedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article_id", models.PositiveBigIntegerField()),
                ("tag_id", models.PositiveBigIntegerField()),
                ("was", models.PositiveSmallIntegerField(null=True)),
                ("now", models.PositiveSmallIntegerField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="articles.tagchange"
                    ),
                ),
            ],
            options={
                "verbose_name": "moved link",
                "verbose_name_plural": "moved links",
            },
        ),
        migrations.CreateModel(
            name="TaggedArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(default="draft", editable=False, max_length=20)),
                ("publish_at", models.DateTimeField(editable=False, null=True)),
                ("language", models.CharField(default="", editable=False, max_length=10)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="articles.article"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="articles.tag"
                    ),
                ),
            ],
            options={
                "verbose_name": "tag on a story",
                "verbose_name_plural": "tags on stories",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="articles.TaggedArticle",
                to="articles.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=articles.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="articles.article",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
            },
        ),
        migrations.CreateModel(
            name="Autosave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                ("typed", models.JSONField()),
                ("pressed", models.CharField(blank=True, max_length=32)),
                ("browser", models.UUIDField(null=True)),
                ("saved_at", models.DateTimeField(db_index=True, default=articles.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="autosaves",
                        to="articles.article",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "autosave",
                "verbose_name_plural": "autosaves",
                "ordering": ["-saved_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="autosave_one_a_form")],
            },
        ),
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(
                fields=["author", "status", "language", "-publish_at", "-article"], name="byline_author_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="byline",
            constraint=models.UniqueConstraint(fields=("article", "author"), name="byline_once_a_story"),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)), name="image_focal_point_inside"
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gt", 0), ("width__gt", 0)), name="image_has_a_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)),
                name="author_has_name_and_slug",
            ),
        ),
        migrations.AddIndex(
            model_name="imageproposal",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["proposed_at"], name="image_proposal_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="imageproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("image", "proposed_by"), name="image_proposal_one_open"
            ),
        ),
        migrations.AddIndex(
            model_name="keyword",
            index=models.Index(fields=["language", "word", "-weight", "-article"], name="keyword_heaviest"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("article", "user"), name="presence_one_a_person"),
        ),
        migrations.AddConstraint(
            model_name="relatedchoice",
            constraint=models.UniqueConstraint(fields=("article", "story"), name="related_choice_once_a_story"),
        ),
        migrations.AddConstraint(
            model_name="relatedchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("article", models.F("story")), _negated=True),
                name="related_choice_is_another_story",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["article", "-id"], name="revision_story_newest"),
        ),
        migrations.AddConstraint(
            model_name="savedform",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="saved_form_once"),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), ("author", None), ("section", None)),
                    models.Q(("article", None), ("author", None), ("tag", None)),
                    models.Q(("article", None), ("section", None), ("tag", None)),
                    models.Q(("author", None), ("section", None), ("tag", None)),
                    _connector="OR",
                ),
                name="former_address_has_one_target_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="distincttags",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="distinct_tags_once"),
        ),
        migrations.AddConstraint(
            model_name="distincttags",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="distinct_tags_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="tagchange",
            index=models.Index(fields=["tag_id", "-id"], name="tag_change_newest"),
        ),
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(
                fields=["tag", "status", "language", "-publish_at", "-content_object"], name="tagging_tag_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(fields=["tag", "status", "-publish_at"], name="tagging_tag_uses"),
        ),
        migrations.AddConstraint(
            model_name="taggedarticle",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="tag_once_a_story"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "language", "-publish_at", "-id"], name="article_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["section", "status", "language", "-publish_at", "-id"], name="article_section_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-saved_at", "-id"], name="article_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "-saved_at", "-id"], name="article_status_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["section", "-saved_at", "-id"], name="article_section_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["label", "-saved_at", "-id"], name="article_label_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["language", "-saved_at", "-id"], name="article_language_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["created_by", "-saved_at", "-id"], name="article_begun_by_last_saved"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-publish_at", "-id"], name="article_publication"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("unpublish_at__isnull", False)), fields=["-unpublish_at"], name="article_end"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="article_changes_due"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("waiting__isnull", False)), fields=["waiting"], name="article_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("due__isnull", False)), fields=["due"], name="article_due"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address_date__isnull", False)),
                fields=("language", "address_date", "slug"),
                name="article_address_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("translation_group", "language"), name="article_one_a_language"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    models.Q(
                        models.Q(("headline", ""), _negated=True),
                        models.Q(("slug", ""), _negated=True),
                        ("address_date__isnull", False),
                        ("first_published_at__isnull", False),
                        ("publish_at__isnull", False),
                        ("section__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="article_published_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at", None),
                    ("publish_at", None),
                    ("unpublish_at__gt", models.F("publish_at")),
                    _connector="OR",
                ),
                name="article_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("embargo_until", None),
                    ("publish_at__gte", models.F("embargo_until")),
                    _connector="OR",
                ),
                name="article_keeps_its_embargo",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at", None), ("due__isnull", False), _connector="OR"),
                name="article_changes_due_are_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "review", "published", "withdrawn"])),
                name="article_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("article", "user"), name="visit_once_a_person"),
        ),
    ]
