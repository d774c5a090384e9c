"""Any renames, merges and deletions, undone the last one first, leave everything as it was; no address ever dies."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import FormerAddress, Tag, TagAlias, TaggedArticle
from articles.models.tag import taken_by
from tests.articles import cast
from tests.simulations.tag_desk import ambiguous_aliases

NAMES = ["Un", "Deux", "Côte d’Ivoire", "COTE D'IVOIRE", "Quatre", "C++", "🎉", "Cinq"]
SLUGS = [None, "", "un", "deux", "cote-d-ivoire", "sept"]

which = st.integers(0, 4)
rename = st.tuples(st.just("rename"), which, st.sampled_from(NAMES), st.sampled_from(SLUGS))
merge = st.tuples(st.just("merge"), which, st.lists(which, min_size=1, max_size=3))
retire = st.tuples(st.just("retire"), which)
again = st.tuples(st.just("again"))
undo = st.tuples(st.just("undo"), which)  # of any change, whatever followed it
sequences = st.lists(st.one_of(rename, rename, merge, retire, again), min_size=1, max_size=8)
disorder = st.lists(st.one_of(rename, merge, merge, retire, undo, undo), max_size=8)


class Desk:
    """Changes of the tags, and the addresses that were ever served."""

    def __init__(self):
        self.changes = []
        self.served = set()
        self.serve()

    def do(self, verb, *how):
        """Make a change. Where a tag is gone or a name taken, nothing happens, or the merge that is offered."""
        tags = list(Tag.objects.order_by("pk"))
        pick = lambda number: tags[number % len(tags)]  # noqa: E731
        if verb == "again" and self.changes:
            self.changes[-1] = self.changes[-1].undo(None).change.undo(None).change
        if verb == "undo" and self.changes:
            self.undo(self.changes[how[0] % len(self.changes)])
        if verb in ("again", "undo") or not tags:
            return
        if verb == "rename":
            change = self.renamed(pick(how[0]), *how[1:])
        elif verb == "merge":
            change = merged(pick(how[0]), map(pick, how[1]))
        else:
            change = pick(how[0]).retire(None, remove_from_stories=True)
        self.changes += [change] if change else []
        self.serve()

    def renamed(self, tag, name, slug):
        try:
            return tag.rename(None, name, slug)
        except ValidationError as error:
            other = taken_by(error)
            return other and merged(other, [tag])

    def undo(self, change):
        """Undo a change. It may be refused, or find that other changes built on it."""
        try:
            change.undo(None)
        except ValidationError:
            return
        self.changes.remove(change)

    def serve(self):
        self.served |= set(Tag.objects.values_list("slug", flat=True))
        self.served |= set(TagAlias.objects.values_list("slug", flat=True)) | {"vieux"}


def merged(target, sources):
    others = [tag for tag in sources if tag != target]
    return target.merge(others, None) if others else None


def kept():
    """Return what an undo gives back exactly."""
    return (
        set(TaggedArticle.objects.values_list("content_object", "tag", "position", "status", "publish_at", "language")),
        set(Tag.objects.values_list()),
        set(TagAlias.objects.values_list("name", "key", "slug", "tag")),
    )


def addresses():
    return set(FormerAddress.objects.values_list("path", "tag"))


@pytest.mark.django_db
@pytest.mark.long
class TestSequences(TestCase):
    @classmethod
    def setUpTestData(cls):
        """Create five tags on five stories, with another spelling and a former address: for all examples."""
        names = ["Un", "Deux", "Côte d’Ivoire", "Quatre", "Cinq"]
        cast.story("A", tags=names)
        cast.story("B", tags=names[::-1])
        cast.story("C", tags=["Deux", "Un"], hours_ago=-5)
        cast.draft("D", tags=["Quatre", "Cinq", "Un"])
        cast.draft("E", tags=["Cinq"])
        Tag.objects.update(description="Toujours là.")
        Tag.objects.resolve("Quatre").aliases.create(name="Four")
        FormerAddress.objects.record("/tag/vieux/", Tag.objects.resolve("Cinq"))

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @example(
        [("rename", 1, "Un", None), ("rename", 0, "Un", None), ("retire", 0)],
        [
            ("rename", 0, "Un", "deux"),
            ("rename", 4, "Un", "deux"),
            ("merge", 2, [1]),
            ("rename", 0, "Cinq", ""),
            ("again",),
        ],
    )
    @example([], [("merge", 0, [1]), ("retire", 0), ("rename", 0, "Deux", None), ("rename", 0, "Un", None)])
    @given(disorder, sequences)
    def test_undone_in_reverse_everything_is_as_it_was(self, disorder, sequence):
        desk = Desk()
        for step in disorder:
            desk.do(*step)
            assert not ambiguous_aliases()
        desk.changes.clear()
        before, former = kept(), addresses()
        for step in sequence:
            desk.do(*step)
        for change in reversed(desk.changes):
            undone = change.undo(None)
            assert (undone.left_out, undone.lost) == ([], [])
        assert kept() == before
        assert addresses() >= {(path, tag) for path, tag in former if tag}
        # What was gone may have been the address of another tag meanwhile, and leads there since.
        assert {path for path, _tag in addresses()} >= {path for path, _tag in former}

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(sequences, st.integers(0, 8))
    def test_every_address_ever_served_answers(self, sequence, undone):
        desk = Desk()
        for step in sequence:
            desk.do(*step)
        for change in list(reversed(desk.changes))[:undone]:
            change.undo(None)
        for path in [f"/tag/{slug}/{ending}" for slug in desk.served for ending in ("", "feed/", "feed/atom/")]:
            response = self.client.get(path)
            if response.status_code == 301:
                response = self.client.get(response.headers["Location"])
                assert response.status_code == 200, path
            assert response.status_code in (200, 410), path
