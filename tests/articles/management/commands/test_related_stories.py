import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, RelatedList
from tests.articles import cast

LINES = [
    {"id": 1, "lang": "fr", "title": "Le barrage de Soubré", "body": "Les turbines du barrage.", "label": "énergie"},
    {"id": "b", "lang": "fr", "title": "Soubré tourne", "body": "Le barrage et ses turbines.", "label": ["énergie"]},
    {"id": 3, "lang": "fr", "title": "Le port de Lomé", "body": "Des grues.", "label": "port", "tags": ["Lomé"]},
    {"id": 4, "lang": "fr", "title": "Lomé s’étend", "body": "Un quai.", "label": "port", "tags": ["lome"]},
    {"id": 5, "lang": "en", "title": "The dam", "body": "Turbines du barrage de Soubré.", "label": "énergie"},
    *(
        {"id": f"x{number}", "lang": "fr", "title": f"Sujet {number}", "body": f"Numéro {number}.", "label": "divers"}
        for number in range(12)
    ),
]


def run(*arguments):
    """(what it wrote, what it complained about)."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("related_stories", *arguments, stdout=out, stderr=errors)
    told = [line for line in errors.getvalue().splitlines() if not line.endswith("s to go")]  # of a slow machine
    return out.getvalue(), told


def evaluated(tmp_path, lines):
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    out, [*errors, links] = run("--evaluate", str(path))
    assert re.fullmatch(r"never linked: \d+ of \d+ stories \([\d.]+%\); most linked: \d+ times", links)
    return {line["id"]: line for line in map(json.loads, out.splitlines())}, errors


@pytest.mark.django_db(transaction=True)
def test_stories_are_evaluated_by_everything_but_their_label(tmp_path):
    found, errors = evaluated(tmp_path, LINES)
    assert errors == []
    assert found[1]["related"][0] == "b"
    assert found["b"] == {"id": "b", "label": ["énergie"], "related": found["b"]["related"]}
    assert found[3]["related"][0] == 4
    assert found[5]["related"] == []
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bad_lines_are_told_and_left_out(tmp_path):
    found, errors = evaluated(tmp_path, [LINES[0], "{", "[1]", {"lang": "fr"}, {**LINES[1], "date": "hier"}])
    assert list(found) == [1]
    assert errors == [
        "line 2 is no story",
        "line 3 is no story",
        "line 4: “id” is missing",
        "line 5: “date” is no date: hier",
    ]


@pytest.mark.django_db
def test_a_story_is_explained():
    for number in range(20):
        cast.story(f"Dépêche {number}", hours_ago=100)
    match = cast.story("Le marché double", tags=["BVMAC"], hours_ago=1)
    story = cast.story("La bourse grandit", tags=["BVMAC"])
    said = run("--explain", str(story.pk))[0].splitlines()
    assert said[:3] == [
        "compact:",
        f"  {match.pk} Le marché double",
        "    shares BVMAC (2 stories); 0 days old",
    ]
    assert said[3] == "    (BVMAC 0.61 + section 0.50) × age 1.0000 = 1.11"


@pytest.mark.django_db
def test_there_is_nothing_to_explain_of_a_story_that_is_not_there():
    with pytest.raises(CommandError, match="There is no story 7"):
        run("--explain", "7")


@pytest.mark.django_db
def test_missing_ones_are_worked_out_and_all_are_on_demand():
    stories = [cast.story(f"Le barrage {number}") for number in range(3)]
    assert run("--missing")[0] == "3 stories compared.\n"
    assert run("--missing")[0] == "0 stories compared.\n"
    RelatedList.objects.filter(pk=stories[0].pk).update(matches=[])
    assert run("--all")[0] == "3 stories compared.\n"
