"""Who is told of an event. Nobody is told what they did themselves, or of a story that they may not open."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from articles.models import Article, Revision, Section
from newsroom.models import StoryEvent, User

BACKEND = "django.contrib.auth.backends.ModelBackend"  # whose permissions count
EventKind = StoryEvent.Kind


def people_to_tell(event: StoryEvent, kind: str) -> list[User]:
    """Return the people whom this event concerns as one of this kind: not the one who did it, nor who may not open the
    story now.
    """
    people = _concerned_people(event, kind).filter(is_active=True, is_staff=True)
    if event.actor_id and kind != EventKind.KEPT:  # that happens to the person whose text it is
        people = people.exclude(pk=event.actor_id)
    return [person for person in people.order_by("pk") if may_open(person, event)]


def may_open(person: User, event: StoryEvent) -> bool:
    """Return whether this person works here and may open the event's story on the desk, at this moment."""
    works_here = person.is_active and person.is_staff
    return works_here and Article.objects.seen_by(person).filter(pk=event.story_id).exists()


def _concerned_people(event: StoryEvent, kind: str) -> QuerySet[User]:
    named = Q(pk__in=event.facts.get("people", []))
    match kind:
        case EventKind.SUBMITTED:
            return _publishers(event.story)
        case EventKind.STUCK:
            return User.objects.filter(named | Q(pk__in=_publishers(event.story).values("pk")))
        case EventKind.SENT_BACK | EventKind.PUBLISHED | EventKind.WENT_OUT:
            return _writers(event.story)
        case EventKind.MENTIONED:
            return _named(event.facts.get("names", []))
    return User.objects.filter(named)


def _publishers(story: Article) -> QuerySet[User]:
    """Return those who may publish stories of the story's section."""
    people = User.objects.with_perm("articles.publish_article", backend=BACKEND)
    if not story.section_id:
        return people
    limits = Section.editors.through.objects.filter(user=OuterRef("pk"))
    return people.filter(Q(is_superuser=True) | ~Exists(limits) | Exists(limits.filter(section=story.section_id)))


def _writers(story: Article) -> QuerySet[User]:
    """Return those who began the story, whose byline it has, or who submitted it."""
    submitted = Revision.objects.filter(article=story.pk, event=Revision.Event.SUBMITTED)
    return User.objects.filter(
        Q(pk=story.created_by_id)
        | Q(pk__in=story.bylines.order_by().values("author__user"))
        | Q(pk__in=submitted.order_by().values("saved_by"))
    )


def _named(names: list[str]) -> QuerySet[User]:
    """Return those with one of these user names, in lower case, or slugs of authors."""
    people = User.objects.alias(lower_name=Lower("username"))
    return people.filter(Q(lower_name__in=names) | Q(author__slug__in=names)).distinct()
