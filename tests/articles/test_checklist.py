"""What a story needs before readers see it: each rule by itself."""

import datetime

import pytest

from articles.checklist import check
from articles.findings import CheckedPicture, StoryFacts, open_musts, open_shoulds

NOON = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
GOOD = {
    "headline": "Le port de Lomé rouvre",
    "kicker": "",
    "standfirst": "Les grues tournent de nouveau.",
    "dateline": "Lomé",
    "body": "<p>Les grues tournent de nouveau depuis lundi.</p>",
    "label": "news",
    "section": [1, "Finance"],
    "lead_image": [7, "Le port"],
    "lead_caption": "",
    "compact_teaser": "",
    "long_teaser": "",
    "authors": [[1, "Awa Koné", "author"]],
    "tags": [[1, "Togo"]],
}
PICTURE = CheckedPicture("Le port", False, "AFP", "Le port")


def facts(content=None, **more):
    return StoryFacts(content=GOOD | (content or {}), pictures=more.pop("pictures", [PICTURE]), **more)


def test_a_complete_story_passes():
    findings = check(facts())
    assert open_musts(findings) == {}
    assert open_shoulds(findings) == []


@pytest.mark.parametrize(
    ("rule", "field", "case"),
    [
        ("headline", "headline", facts({"headline": "  "})),
        ("section", "section", facts({"section": None})),
        ("whose-section", "section", facts(section_is_theirs=False)),
        ("body", "body", facts({"body": "<p> </p><hr>"})),
        ("embargo", "embargo_until", facts(at=NOON, embargo=NOON + HOUR)),
        ("end", "unpublish_at", facts(at=NOON, until=NOON)),
        ("beginning", "publish_at", facts(verb="schedule", now=NOON)),
        ("beginning", "changes_at", facts(verb="schedule_changes", now=NOON, at=NOON)),
        ("changes", "", facts(verb="publish_changes", differs=False)),
        ("second-eyes", "label", facts({"label": "opinion"}, read_by_another=False)),
        ("alt", "lead_image", facts(pictures=[PICTURE, CheckedPicture("", False, "AFP", "grue.jpg")])),
        ("alt", "body", facts({"lead_image": None}, pictures=[CheckedPicture("", False, "AFP")])),
    ],
)
def test_musts_stand_in_the_way(rule, field, case):
    assert [finding.rule for finding in check(case) if finding.level == "must" and not finding.passed] == [rule]
    assert list(open_musts(check(case))) == [field]


@pytest.mark.parametrize(
    ("rule", "field", "case"),
    [
        ("standfirst", "standfirst", facts({"standfirst": ""})),
        ("author", "authors", facts({"authors": []})),
        ("tag", "tags", facts({"tags": []})),
        ("credit", "lead_image", facts(pictures=[CheckedPicture("Le port", False, "")])),
        ("placeholder", "headline", facts({"headline": "Le port TK rouvre"})),
        ("placeholder", "body", facts({"body": "<p>Il y a XXX grues.</p>"})),
        ("placeholder", "source", facts({"source": "TK"})),  # whatever texts a story has
        ("links", "body", facts(gone_links=["le port"])),
        ("teaser-text", "standfirst", facts({"standfirst": "Lomé, le 3 mars 2026 – Les grues tournent."})),
        ("teaser-text", "compact_teaser", facts({"compact_teaser": "Awa Koné : les grues tournent"})),
        ("teaser-text", "long_teaser", facts({"long_teaser": "Par Awa Koné – Les grues tournent."})),
    ],
)
def test_shoulds_are_advice(rule, field, case):
    assert open_musts(check(case)) == {}
    assert [(finding.rule, finding.field) for finding in open_shoulds(check(case))] == [(rule, field)]


@pytest.mark.parametrize(
    "case",
    [
        facts(at=NOON, embargo=NOON),
        facts(verb="schedule", now=NOON, at=NOON + HOUR),
        facts(verb="publish", differs=False),
        facts(at=NOON, until=NOON + HOUR),
        facts({"label": "opinion"}, read_by_another=True),
        facts(pictures=[CheckedPicture("", True, "AFP")]),
        facts({"body": "<p>STKX et xxl ne sont pas des blancs.</p>"}),
        facts({"headline": "👍🏽"}),
    ],
)
def test_what_is_fine_is_not_asked_for(case):
    assert [finding.rule for finding in check(case) if not finding.passed] == []


def test_a_story_says_until_when_it_is_under_embargo():
    (text,) = open_musts(check(facts(at=NOON, embargo=NOON + HOUR, embargo_in_words="18:00 WAT")))["embargo_until"]
    assert "18:00 WAT" in text
