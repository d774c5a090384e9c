import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, DistinctTags, FormerAddress, MovedLink, Tag, TagAlias, TagChange, TaggedArticle
from articles.models.tag import taken_by
from articles.models.tag_verbs import REPOINTED
from tests.articles import cast

pytestmark = pytest.mark.django_db


def tags(*names):
    return [Tag.objects.create_named(name) for name in names]


def on(story):
    """Return the names of its tags in their order, as stored."""
    return [tag.name for tag in Article.objects.get(pk=story.pk).tags_in_order]


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


# Rename


def test_a_name_changes_and_the_address_stays(koffi):
    (tag,) = tags("Bourse de Douala")
    tag.rename(koffi, "  BVMAC ")
    assert (tag.name, tag.slug) == ("BVMAC", "bourse-de-douala")
    assert Tag.objects.resolve("bourse de Douala") == tag


def test_capitals_and_accents_change_without_leaving_a_spelling(koffi):
    (tag,) = tags("cote d'ivoire")
    tag.rename(koffi, "Côte d’Ivoire")
    assert Tag.objects.get().name == "Côte d’Ivoire"
    assert not TagAlias.objects.exists()


@pytest.mark.parametrize("ending", ["", "?page=2", "feed/", "feed/atom/"])
def test_every_former_address_is_one_step_from_todays(client, koffi, ending):
    (tag,) = cast.story(tags=["Un"]).tags_in_order
    for name, slug in [("Deux", "deux"), ("Trois", "trois"), ("Quatre", "quatre")]:
        tag.rename(koffi, name, slug)
    for former in ("un", "deux", "trois"):
        assert answer(client, f"/tag/{former}/{ending}") == (301, f"/tag/quatre/{ending}")


def test_there_and_back_again_leaves_no_loop(client, koffi):
    (tag,) = cast.story(tags=["Un"]).tags_in_order
    tag.rename(koffi, "Deux", "deux")
    tag.rename(koffi, "Un", "un")
    assert answer(client, "/tag/un/") == (200, None)
    assert answer(client, "/tag/deux/") == (301, "/tag/un/")


def test_an_address_alone_changes(client, koffi):
    (tag,) = cast.story(tags=["Un"]).tags_in_order
    tag.rename(koffi, "Un", "premier")
    assert answer(client, "/tag/un/") == (301, "/tag/premier/")


def test_an_emptied_address_is_made_from_the_new_name(koffi):
    (tag,) = tags("Un")
    tag.rename(koffi, "Deux mots", "")
    assert tag.slug == "deux-mots"


def test_its_own_other_spelling_becomes_its_name(client, koffi):
    (tag,) = cast.story(tags=["Franc CFA"]).tags_in_order
    tag.aliases.create(name="FCFA")
    tag.rename(koffi, "FCFA")
    assert [alias.name for alias in tag.aliases.all()] == ["Franc CFA"]
    assert answer(client, "/tag/fcfa/") == (301, "/tag/franc-cfa/")


@pytest.mark.parametrize("name", ["Sénégal", "SENEGAL", "pays de la Téranga"])
def test_the_name_of_another_tag_offers_the_merge(koffi, name):
    senegal, mali = tags("Sénégal", "Mali")
    senegal.aliases.create(name="Pays de la Téranga")
    with pytest.raises(ValidationError) as refusal:
        mali.rename(koffi, name)
    assert taken_by(refusal.value) == senegal
    assert mali.name == Tag.objects.get(pk=mali.pk).name == "Mali"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("", None), ("\u200b", None), ("a" * 101, None), ("œ" * 100, None), ("Mali", "deux mots"), ("Mali", "senegal")],
)
def test_a_bad_name_or_address_is_refused(koffi, name, slug):
    _senegal, mali = tags("Sénégal", "Mali")
    with pytest.raises(ValidationError) as refusal:
        mali.rename(koffi, name, slug)
    assert refusal.value.error_dict.keys() <= {"name", "slug"}
    assert taken_by(refusal.value) is None


def test_a_name_that_it_has_already_is_no_change(koffi):
    (tag,) = tags("Mali")
    assert tag.rename(koffi, "Mali", "mali") is None
    assert not TagChange.objects.exists()


# Merge


def test_stories_follow_the_tag(koffi):
    bourse, bvmac = tags("Bourse de Douala", "BVMAC")
    stories = [cast.story("Une", tags=["Bourse de Douala"]), cast.draft("Deux", tags=["Bourse de Douala"])]
    bvmac.merge([bourse], koffi)
    assert [on(story) for story in stories] == [["BVMAC"], ["BVMAC"]]
    assert list(Tag.objects.all()) == [bvmac]


def test_the_target_may_be_among_the_chosen():
    one, target = tags("Un", "But")
    story = cast.story(tags=["But", "Un"])
    target.merge([one, target, one], None)
    assert on(story) == ["But"]


def test_there_must_be_another_tag():
    (target,) = tags("But")
    with pytest.raises(ValidationError, match="no other tag"):
        target.merge([target], None)


def test_a_target_that_is_gone_is_told():
    one, target = tags("Un", "But")
    one.merge([target], None)
    with pytest.raises(ValidationError, match="no longer a tag"):
        target.merge([one], None)


def test_spellings_and_addresses_of_all_lead_to_the_target(client, koffi):
    one, target = cast.story(tags=["Un", "But"]).tags_in_order
    one.aliases.create(name="Uno")
    one.rename(koffi, "Premier", "premier")
    target.merge([one], koffi)
    assert {Tag.objects.resolve(name) for name in ("Un", "uno", "PREMIER", "But")} == {target}
    for former in ("un", "uno", "premier"):
        for ending in ("", "feed/", "feed/atom/", "?page=2"):
            assert answer(client, f"/tag/{former}/{ending}") == (301, f"/tag/but/{ending}")


def test_merges_in_a_row_leave_one_step():
    one, two, three = tags("Un", "Deux", "Trois")
    two.merge([one], None)
    three.merge([two], None)
    assert Tag.objects.current_by_id([one.pk, two.pk]) == {one.pk: three, two.pk: three}
    assert {address.tag for address in FormerAddress.objects.all()} == {three}


def test_a_merge_changes_no_story():
    one, target = tags("Un", "But")
    story = cast.story(tags=["Un"])
    before = Article.objects.filter(pk=story.pk).values().get()
    target.merge([one], None)
    assert Article.objects.filter(pk=story.pk).values().get() == before


def test_a_merge_counts_published_stories():
    one, target = tags("Un", "But")
    for names in (["Un"], ["Un", "But"], ["But"]):
        cast.story(tags=names)
    cast.draft(tags=["Un"])
    target.merge([one], None)
    assert Tag.objects.get().story_count == 3


def test_a_tag_without_a_description_takes_that_of_a_source():
    one, target = tags("Un", "But")
    Tag.objects.filter(pk=one.pk).update(description="Le premier.")
    target.merge([one], None)
    assert Tag.objects.get().description == "Le premier."


def test_every_table_that_points_at_tags_has_a_rule_for_merges():
    keys = [field for field in Tag._meta.get_fields(include_hidden=True) if field.one_to_many or field.one_to_one]
    pointing = {f"{key.related_model._meta.label}.{key.field.name}" for key in keys if key.auto_created}
    moved = "articles.TaggedArticle.tag"  # and noted one by one
    dropped = {"articles.DistinctTags.first", "articles.DistinctTags.second"}  # nothing follows for the target
    assert pointing == {moved, *REPOINTED, *dropped}


def test_what_was_told_apart_from_a_source_is_not_from_the_target():
    one, two, target = tags("Gambie", "Zambie", "Gambia")
    DistinctTags.objects.remember(two, one, None)
    target.merge([one], None)
    assert not DistinctTags.objects.exists()


@pytest.mark.parametrize(
    "verb",
    [
        lambda tag, other, by: tag.rename(by, "Autre"),
        lambda tag, other, by: tag.merge([other], by),
        lambda tag, other, by: tag.retire(by),
    ],
    ids=["rename", "merge", "retire"],
)
def test_who_may_not_is_refused(verb):
    tag, other = tags("Un", "Deux")
    with pytest.raises(PermissionDenied):
        verb(tag, other, cast.reporter())
    assert Tag.objects.count() == 2


def test_an_editor_renames_but_does_not_merge():
    tag, other = tags("Un", "Deux")
    awa = cast.editor()
    tag.rename(awa, "Premier")
    with pytest.raises(PermissionDenied):
        tag.merge([other], awa)


def test_a_merge_costs_the_same_however_many_stories():
    assert cost_of_merge(1) == cost_of_merge(500)


def cost_of_merge(stories):
    one, target = tags(f"Un {stories}", f"But {stories}")
    many_stories(stories, [one])
    with CaptureQueriesContext(connection) as queries:
        target.merge([one], None)
    assert target.taggings.count() == stories
    return len(queries)


def many_stories(number, with_tags):
    now, section = timezone.now(), cast.section()
    stories = Article.objects.bulk_create(
        Article(
            headline="Une",
            slug=f"{with_tags[0].slug}-{count}",
            section=section,
            status="published",
            publish_at=now,
            first_published_at=now,
            address_date=now.date(),
        )
        for count in range(number)
    )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=story, tag=tag, position=place, **story.listing())
        for story in stories
        for place, tag in enumerate(with_tags)
    )


# The plan


def test_the_plan_says_what_the_merge_will_do():
    one, two, target = tags("Un", "Deux", "But")
    one.aliases.create(name="Uno")
    FormerAddress.objects.record("/tag/old/", one)
    cast.story(tags=["Un"])
    cast.story(tags=["Un", "Deux", "But"])
    cast.story(tags=["Un", "Deux"], hours_ago=-5)
    cast.draft(tags=["Deux"])
    plan = target.merge_plan([one, two, target])
    assert (plan.stories, plan.gain) == (4, 3)
    first, second = sorted(plan.sources, key=lambda source: source.tag.pk)
    assert (first.tag, first.moved, first.had) == (one, 2, 1)
    assert first.statuses == {"published": 2, "scheduled": 1}
    assert second.statuses == {"published": 1, "scheduled": 1, "draft": 1}
    assert first.aliases == ["Un", "Uno"]
    assert first.addresses == ["/tag/un/", "/tag/uno/", "/tag/old/"]


def test_a_plan_writes_nothing():
    one, target = tags("Un", "But")
    target.merge_plan([one])
    assert Tag.objects.count() == 2
    assert not TagChange.objects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_a_plan_costs_the_same_however_many_tags(count, django_assert_num_queries):
    target, *sources = tags("But", *(f"Mot {number}" for number in range(count)))
    cast.story(tags=[tag.name for tag in sources])
    with django_assert_num_queries(5):
        target.merge_plan(sources)


# Retire


def test_an_unused_tag_is_deleted_at_once():
    (tag,) = tags("Mali")
    tag.retire(None)
    assert not Tag.objects.exists()


def test_a_used_tag_is_not_deleted_without_a_word_about_its_stories():
    (tag,) = cast.draft(tags=["Mali"]).tags_in_order
    with pytest.raises(ValidationError, match="is on 1 stories") as refusal:
        tag.retire(None)
    assert refusal.value.code == "used"
    assert Tag.objects.exists()


def test_a_used_tag_is_removed_from_its_stories_when_told():
    story = cast.story(tags=["Mali", "Togo"])
    story.tags_in_order[0].retire(None, remove_from_stories=True)
    assert on(story) == ["Togo"]


@pytest.mark.parametrize("ending", ["", "feed/", "feed/atom/", "?page=2"])
def test_every_address_of_a_deleted_tag_is_gone(client, koffi, ending):
    (tag,) = cast.story(tags=["Mali"]).tags_in_order
    tag.aliases.create(name="Soudan français")
    tag.rename(koffi, "Le Mali", "le-mali")
    tag.retire(koffi, remove_from_stories=True)
    for slug in ("mali", "le-mali", "soudan-francais"):
        assert client.get(f"/tag/{slug}/{ending}").status_code == 410


@pytest.mark.parametrize("verb", ["rename", "merge"])
@pytest.mark.parametrize("leads_to", [None, "Or"])
def test_an_alias_that_a_change_makes_answers_at_its_address(client, verb, leads_to):
    """Whether the address was closed or led to another tag, it answers as an alias that staff type does."""
    tag = Tag.objects.create(name="Mali", slug="etat-du-mali")
    other, target, _mali = cast.story(tags=["Or", "Afrique", "Mali"]).tags_in_order
    FormerAddress.objects.create(path="/tag/mali/", tag=other if leads_to else None)
    change = target.merge([tag], None) if verb == "merge" else tag.rename(None, "Sahel")
    address = "/tag/afrique/" if verb == "merge" else "/tag/etat-du-mali/"
    assert client.get("/tag/mali/feed/").headers["Location"] == f"{address}feed/"
    change.undo(None)
    assert [row.tag for row in FormerAddress.objects.filter(path="/tag/mali/")] == [other if leads_to else None]


def test_a_deletion_costs_the_same_however_many_stories():
    assert cost_of_deletion(1) == cost_of_deletion(50)


def cost_of_deletion(stories):
    (tag,) = tags(f"Un {stories}")
    many_stories(stories, [tag])
    with CaptureQueriesContext(connection) as queries:
        tag.retire(None, remove_from_stories=True)
    assert MovedLink.objects.filter(tag_id=tag.pk).count() == stories
    return len(queries)
