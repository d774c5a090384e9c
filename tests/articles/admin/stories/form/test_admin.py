"""The story form: what happens to what was typed."""

import pytest

from articles.models import Article, FormerAddress, Tag, TagProposal
from articles.models.content import FIELDS, PLAIN_TEXTS, Edit
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, in_days, minutes, typed

pytestmark = pytest.mark.django_db


def test_a_draft_needs_nothing_but_a_button(client, moutiou):
    response = client.post(ADD, typed())
    story = Article.objects.get()
    assert response.url == change(story)
    assert (story.created_by, story.status, story.headline) == (moutiou, "draft", "")


def test_what_is_typed_is_stored(client, awa):
    author, other = cast.author(), cast.author("Awa Diop", "awa-diop")
    tag = Tag.objects.create_named("CFA franc")
    client.post(
        ADD,
        typed(
            headline="  Le Togo  emprunte ",
            body="<p>Lomé <script>x</script></p>",
            section=cast.section().pk,
            authors=[f"id:{other.pk}", f"id:{author.pk}"],
            tags=[f"id:{tag.pk}"],
        ),
    )
    story = Article.objects.get()
    assert story.headline == "Le Togo emprunte"
    assert story.slug == "le-togo-emprunte"
    assert "script" not in story.body
    assert [byline.author for byline in story.authors_in_order] == [other, author]
    assert story.tags_in_order == [tag]


def test_the_form_names_sections_in_the_persons_language(client, awa):
    energy = cast.section("Energy", "energy")
    energy.other_names = {"fr": "Énergie"}
    energy.save()
    form = client.get("/admin/articles/article/add/", headers={"accept-language": "fr"}).text
    assert f'<option value="{energy.pk}">Énergie</option>' in form


def test_names_with_commas_between_them_work_without_javascript(client, awa):
    author, other = cast.author(), cast.author("Awa Diop", "awa-diop")
    client.post(ADD, typed(authors="Awa Diop, Moutiou Adjibi Nourou", tags="Mali, Burkina Faso"))
    story = Article.objects.get()
    assert [byline.author for byline in story.authors_in_order] == [other, author]
    assert [tag.name for tag in story.tags_in_order] == ["Mali", "Burkina Faso"]


def test_a_reporter_cannot_make_tags(client, moutiou):
    client.post(ADD, typed(headline="Mali", tags="Nouveau"))
    assert not Tag.objects.exists()
    assert TagProposal.objects.get().name == "Nouveau"


def test_characters_that_no_database_takes_are_left_out_of_tags(client, awa):
    client.post(ADD, typed(tags=["new:Togo\0", "Mali\0"], authors=""))
    assert [tag.name for tag in Article.objects.get().tags_in_order] == ["Togo", "Mali"]


def test_the_zone_of_the_times_is_named_once_to_everybody(client, moutiou):
    own, only_read = cast.draft(created_by=moutiou), cast.story(created_by=moutiou)
    for address in (ADD, change(own), change(only_read)):
        assert client.get(address).text.count("All times: Lagos time (WAT, UTC+01:00)") == 1, address
    client.force_login(cast.editor("koffi"))
    assert client.get(change(own)).text.count("Lagos time (WAT, UTC+01:00)") == 1


def test_publishing_takes_the_story_live(client, awa):
    story = cast.draft()
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.is_visible()


def test_a_story_that_came_back_says_it_in_the_head(client, moutiou):
    story = cast.draft(created_by=moutiou)
    assert client.get(change(story)).context["state"].word == "Draft"
    story.submit(moutiou)
    story.send_back(cast.editor(), Edit(note="Plus court."))
    page = client.get(change(story))
    assert '<p class="verbs-state state state-returned">Came back</p>' in page.text
    assert "Came back: the editor’s note says what to change" in page.text
    assert [button.name for button in page.context["buttons"]] == ["save", "submit"]


def test_the_message_leads_to_what_readers_see_now(client, awa):
    story = cast.draft()
    page = client.post(change(story), typed(story, verb="publish"), follow=True)
    story.refresh_from_db()
    link = f'<a href="{story.get_absolute_url()}" target="_blank" rel="noopener">View on site</a>'
    assert [str(message) for message in page.context["messages"]] == [f"“{story}” is live. {link}"]
    page = client.post(change(story), typed(story, verb="publish_changes", kicker="Ports"), follow=True)
    assert [str(message) for message in page.context["messages"]] == [f"The changes to “{story}” are live. {link}"]


@pytest.mark.parametrize(("verb", "fields"), [("save", {}), ("submit", {}), ("schedule", {"publish_at": in_days(1)})])
def test_a_message_leads_to_no_page_that_readers_do_not_have(client, awa, verb, fields):
    story = cast.draft()
    page = client.post(change(story), typed(story, verb=verb, kicker="Ports", **fields), follow=True)
    [message] = [str(message) for message in page.context["messages"]]
    assert "<a" not in message


def test_a_headline_is_no_markup_in_a_message(client, awa):
    story = cast.draft("<b>Un</b>")
    page = client.post(change(story), typed(story, verb="publish"), follow=True)
    assert "“&lt;b&gt;Un&lt;/b&gt;” is live." in page.text


def test_the_form_leads_to_what_readers_are_told_of_a_withdrawn_story(client, awa):
    story = cast.story()
    story.withdraw(awa)
    link = f'<a href="{story.get_absolute_url()}" target="_blank" rel="noopener">View on site</a>'
    assert link in client.get(change(story)).text
    assert "View on site" not in client.get(change(cast.draft("Jamais paru"))).text


def test_publishing_an_incomplete_story_says_what_is_missing_and_keeps_the_text(client, awa):
    story = cast.draft(section=None)
    response = client.post(change(story), typed(story, verb="publish", standfirst="Une phrase neuve."))
    page = response.content.decode()
    assert "Choose a section for the story." in page
    assert "Une phrase neuve." in page
    story.refresh_from_db()
    assert (story.status, story.version) == ("draft", 1)


def test_scheduling_needs_a_time_to_come(client, awa):
    story = cast.draft()
    response = client.post(change(story), typed(story, verb="schedule", publish_at=in_days(-1)))
    assert "This time has passed" in response.content.decode()


def test_a_scheduled_story_can_be_moved(client, awa):
    story = cast.draft()
    client.post(change(story), typed(story, verb="schedule", publish_at=in_days(2)))
    story.refresh_from_db()
    client.post(change(story), typed(story, publish_at=in_days(5)))
    story.refresh_from_db()
    assert minutes(story.publish_at) == minutes(story.first_published_at) == in_days(5)


def test_everything_that_a_version_holds_can_be_edited(client, awa):
    form = client.get(change(cast.draft())).context["adminform"].form
    missing = set(FIELDS) - form.fields.keys()
    assert missing == set(), "name them in a field set of articles/admin/stories/form/fieldsets.py"


def test_a_reporter_cannot_publish(client, moutiou):
    story = cast.draft(created_by=moutiou)
    assert client.post(change(story), typed(story, verb="publish")).status_code == 403
    story.refresh_from_db()
    assert story.status == "draft"


def test_the_same_text_with_other_ends_of_lines_is_no_new_version(client, awa):
    story = cast.draft("Le port", authors=[cast.author()], standfirst="Un.\nDeux.")
    client.post(change(story), typed(story, standfirst="Un.\r\nDeux."))
    assert cast.fresh(story).version == story.version


def test_what_was_typed_into_a_story_that_is_not_there_comes_back(client, moutiou):
    story = cast.draft("Secret", created_by=moutiou)
    texts = {name: f"Texte {number}." for number, name in enumerate([*PLAIN_TEXTS, "body", "note"])}
    form = typed(story, **texts)
    Article.objects.all().delete()
    response = client.post(change(story), form)
    assert response.status_code == 403
    assert [text for text in texts.values() if text not in response.text] == []


def test_saving_over_a_colleague_is_refused_with_the_text_kept(client, awa):
    story = cast.draft()
    form = typed(story, standfirst="Ma phrase.")
    Article.objects.get(pk=story.pk).store()
    response = client.post(change(story), form)
    assert response.status_code == 409
    assert "Ma phrase." in response.content.decode()
    story.refresh_from_db()
    assert story.standfirst != "Ma phrase."


def test_a_save_that_changes_nothing_writes_nothing(client, awa):
    story = cast.draft()
    client.post(change(story), typed(story))
    story.refresh_from_db()
    assert story.version == 1


def test_a_live_story_keeps_its_old_address(client, awa):
    story = cast.story()
    old = story.get_absolute_url()
    client.post(change(story), typed(story, verb="publish_changes", slug="nouveau"))
    story.refresh_from_db()
    assert story.slug == "nouveau"
    assert FormerAddress.objects.target_of(old).article == story


def test_two_stories_of_one_day_never_share_an_address(client, awa):
    first, second = cast.story(), cast.story("Un autre titre")
    client.post(change(second), typed(second, verb="publish_changes", slug=first.slug))
    second.refresh_from_db()
    assert second.slug == f"{first.slug}-2"


def test_a_live_story_cannot_lose_its_headline(client, awa):
    story = cast.story()
    response = client.post(change(story), typed(story, verb="publish_changes", headline=" "))
    assert "A story needs a headline" in response.content.decode()


def test_saving_does_not_shift_the_time(client, awa):
    story = cast.story(hours_ago=2)
    before = story.publish_at
    client.post(change(story), typed(story, verb="publish_changes", standfirst="Autre."))
    story.refresh_from_db()
    assert story.publish_at == before
    assert story.changed_at


def test_what_a_reporter_typed_comes_back_when_an_editor_was_faster(client, moutiou):
    story = cast.draft(created_by=moutiou)
    form = typed(story, standfirst="Ma phrase.")
    story.publish(cast.editor())
    response = client.post(change(story), form)
    assert response.status_code == 403
    assert "Ma phrase." in response.content.decode()
    story.refresh_from_db()
    assert story.standfirst != "Ma phrase."


def test_the_body_that_comes_back_reads_as_it_was_written_and_is_clean(client, moutiou):
    story = cast.draft(created_by=moutiou)
    form = typed(story, body="<p>Le <b>port</b>.</p><script>alert(1)</script>")
    story.publish(cast.editor())
    page = client.post(change(story), form).text
    assert "<p>Le <strong>port</strong>.</p>" in page
    assert "alert(1)" not in page


def test_opening_and_saving_cost_a_bounded_number_of_queries(client, awa, django_assert_max_num_queries):
    story = cast.draft(authors=[cast.author()], tags=["Mali", "Togo", "Zinc"])
    form = typed(story, standfirst="Autre.")
    with django_assert_max_num_queries(20):
        client.get(change(story))
    with django_assert_max_num_queries(34):  # savepoints of the test included
        client.post(change(story), form)
