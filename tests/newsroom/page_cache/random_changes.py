"""Changes of a newsroom at random: by verbs, by QuerySets behind their backs, and by time."""

import datetime
import uuid

from django.db import connection, transaction

from articles import clock
from articles.models import (
    Article,
    Author,
    Byline,
    FollowUp,
    FormerAddress,
    Image,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.models.content import Edit
from tests.articles import cast

TAGS = ("Lomé", "Côte d’Ivoire", "Coton", "Dette", "Rail")


CHANGES = {}


def change(function):
    CHANGES[function.__name__] = function
    return function


def edit(story, **fields):
    return Edit({**story.newest_content, **fields})


@change
def publication(room):
    room.publish()


@change
def publication_with_new_tag(room):
    room.publish(tags=[f"Sujet {room.random.randrange(100)}"])


@change
def old_story_comes_in(room):
    room.publish(hours_ago=24 * room.random.randrange(40, 100))


@change
def withdrawal(room):
    if story := room.live():
        story.withdraw(room.chief)


@change
def publication_of_a_withdrawn_story(room):
    if story := room.story(status="withdrawn"):
        story.publish(room.chief)


@change
def correction(room):
    if story := room.live():
        room.correct(story, body=f"<p>Depuis {room.random.random()}.</p>{room.link()}")


@change
def headline(room):
    if story := room.live():
        room.correct(story, headline=f"Le port {room.random.random()}")


@change
def move_to_another_section(room):
    if story := room.live():
        section = room.one_of(Section)
        room.correct(story, section=[section.pk, str(section)])


@change
def new_slug(room):
    if story := room.live():
        room.correct(story, slug=f"slug-{room.random.randrange(1000)}")


@change
def draft(room):
    cast.draft("Brouillon", tags=["Inconnu"], authors=room.authors)


@change
def changes_that_wait(room):
    if story := room.live():
        story.save_draft(room.chief, edit(story, headline="Pas encore"))


@change
def changes_that_waited(room):
    if story := Article.objects.exclude(waiting=None).first():
        story.publish_changes(room.chief)


@change
def changes_at_a_time(room):
    if story := room.live():
        soon = clock.now() + datetime.timedelta(minutes=5)
        section = room.one_of(Section)
        fields = {"headline": f"À temps {room.random.random()}", "section": [section.pk, str(section)]}
        story.schedule_changes(room.chief, soon, edit(story, **fields))


@change
def scheduled_story(room):
    draft = cast.draft(f"Demain {room.random.random()}", tags=room.random.sample(TAGS, 2), authors=room.authors[:1])
    draft.publish(room.chief, at=clock.now() + datetime.timedelta(minutes=7))


@change
def story_that_ends(room):
    if story := room.live():
        Article.objects.filter(pk=story.pk).update(unpublish_at=clock.now() + datetime.timedelta(minutes=3))


@change
def some_minutes(room):
    room.pass_time(4 * 60)


@change
def another_day(room):
    if room.random.random() < 0.2:
        room.pass_time(24 * 60 * 60)


@change
def other_tags(room):
    if story := room.live():
        story.set_tags(Tag.objects.for_names(room.random.sample(TAGS, room.random.randrange(4))))


@change
def other_authors(room):
    if story := room.live():
        story.set_authors(room.random.sample(room.authors, room.random.randrange(3)))


@change
def pins(room):
    if story := room.live():
        others = [room.story(), room.story()]
        story.set_related(room.random.choice(["compact", "long", "never"]), others)


@change
def relatives(room):
    FollowUp.objects.work_off()


@change
def translation(room):
    first, second = room.story(language="en"), room.story(language="fr")
    if first and second and not first.translation_group and not second.translation_group:
        group = uuid.uuid4()
        Article.objects.filter(pk=first.pk).update(translation_group=group)
        Article.objects.filter(pk=second.pk).update(translation_group=group)


@change
def deletion(room):
    if story := room.live():
        story.delete()


@change
def name_of_an_author(room):
    Author.objects.filter(pk=room.one_of(Author).pk).update(name=f"Awa {room.random.random()}")


@change
def address_of_an_author(room):
    author = room.one_of(Author)
    FormerAddress.objects.record(author.get_absolute_url(), author)
    author.slug = f"awa-{room.random.randrange(1000)}"
    author.save()


@change
def photo_of_an_author(room):
    Author.objects.filter(pk=room.one_of(Author).pk).update(photo=room.random.choice(room.images))


@change
def rename_of_a_tag(room):
    room.one_of(Tag).rename(room.chief, f"Nom {room.random.randrange(10**6)}")


@change
def merge_of_tags(room):
    if Tag.objects.count() > 3:
        first, second = room.random.sample(list(Tag.objects.order_by("pk")), 2)
        first.merge([second], room.chief)


@change
def retirement_of_a_tag(room):
    if Tag.objects.count() > 3:
        room.one_of(Tag).retire(room.chief, remove_from_stories=True)


@change
def description_of_a_tag(room):
    Tag.objects.filter(pk=room.one_of(Tag).pk).update(description=f"Sur {room.random.random()}")


@change
def alias(room):
    TagAlias.objects.create(tag=room.one_of(Tag), name=f"Alias {room.random.randrange(10**6)}")


@change
def alias_that_comes(room):
    if not TagAlias.objects.filter(slug="coming").exists():
        TagAlias.objects.create(tag=room.one_of(Tag), name="Coming", slug="coming")


@change
def name_of_a_section(room):
    Section.objects.filter(pk=room.one_of(Section).pk).update(
        name=f"Rubrique {room.random.random()}", other_names=room.random.choice([{}, {"fr": "Autre nom"}])
    )


@change
def menu(room):
    Section.objects.filter(pk=room.one_of(Section).pk).update(
        in_menu=room.random.random() < 0.7, position=room.random.randrange(9)
    )


@change
def new_section(room):
    if Section.objects.count() < 6:
        cast.section(f"Neuve {Section.objects.count()}", f"neuve-{Section.objects.count()}")


@change
def former_address_of_a_section(room):
    FormerAddress.objects.record("/section/former/", room.one_of(Section))


@change
def former_address_that_somebody_takes(room):
    """Give an author or a tag a former address by a QuerySet, which does not forget who had it."""
    path = room.random.choice([*FormerAddress.objects.order_by("path").values_list("path", flat=True), "/section/x/"])
    kind, _mark, slug = path.strip("/").partition("/")
    model = {"author": Author, "tag": Tag}.get(kind)
    if model and not model.objects.filter(slug=slug).exists():
        model.objects.filter(pk=room.one_of(model).pk).update(slug=slug)


@change
def words_of_a_picture(room):
    fields = {"alt": f"Grue {room.random.random()}", "credit": f"Sika {room.random.random()}"}
    Image.objects.filter(pk=room.one_of(Image).pk).update(**fields)


@change
def column_of_a_story(room):
    """Change a column by a QuerySet, which calls no verb."""
    if story := room.live():
        columns = {
            "kicker": "Exclusif",
            "standfirst": f"Chapeau {room.random.random()}",
            "dateline": "Lomé",
            "label": room.random.choice(Article.Label.values),
            "lead_image": room.random.choice([None, *room.images]),
            "lead_caption": "Le port",
            "long_text": f"Long {room.random.random()}",
            "compact_text": f"Court {room.random.random()}",
            "never_teased": True,
            "changed_at": clock.now(),
            "publish_at": story.publish_at - datetime.timedelta(days=room.random.randrange(40)),
        }
        name = room.random.choice(sorted(columns))
        Article.objects.filter(pk=story.pk).update(**{name: columns[name]})


@change
def plain_sql(room):
    if story := room.live():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = %s WHERE id = %s", ["Sans ORM", story.pk])


@change
def statement_that_ignores_conflicts(room):
    """Insert with a statement by whose rule SQLite resolves the conflicts of the triggers that it fires."""
    if story := room.live():
        listing, tag = story.listing(), room.one_of(Tag)
        links = [TaggedArticle(content_object=story, tag=tag, position=9, **listing)] * 2
        TaggedArticle.objects.bulk_create(links, ignore_conflicts=True)
        byline = Byline(article=story, author=room.one_of(Author), position=9, **listing)
        Byline.objects.bulk_create([byline], ignore_conflicts=True)


@change
def what_is_rolled_back(room):
    with transaction.atomic():
        room.publish()
        transaction.set_rollback(True)
