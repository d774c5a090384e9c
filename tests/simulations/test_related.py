import json
import re

import pytest

from articles.models import Article
from tests.simulations.related import main

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


def evaluated(capsys, tmp_path, lines):
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    assert main(["--evaluate", str(path)]) == 0
    said = capsys.readouterr()
    told = [line for line in said.err.splitlines() if not line.endswith("s to go")]  # of a slow machine
    [*errors, links] = told
    assert re.fullmatch(r"never linked: \d+ of \d+ stories \([\d.]+%\); most linked: \d+ times", links)
    return {line["id"]: line for line in map(json.loads, said.out.splitlines())}, errors


@pytest.mark.django_db(transaction=True)
def test_stories_are_evaluated_by_everything_but_their_label(capsys, tmp_path):
    found, errors = evaluated(capsys, tmp_path, LINES)
    assert errors == []
    assert found[1]["related"][0] == "b"
    assert found["b"] == {"id": "b", "label": ["énergie"], "related": found["b"]["related"]}
    assert found[3]["related"][0] == 4
    assert found[5]["related"] == []
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bad_lines_are_told_and_left_out(capsys, tmp_path):
    found, errors = evaluated(capsys, tmp_path, [LINES[0], "{", "[1]", {"lang": "fr"}, {**LINES[1], "date": "hier"}])
    assert list(found) == [1]
    assert errors == [
        "line 2 is no story",
        "line 3 is no story",
        "line 4: “id” is missing",
        "line 5: “date” is no date: hier",
    ]
