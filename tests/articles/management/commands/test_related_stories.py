import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import RelatedList
from articles.related import working_out
from tests.articles import cast


def run_command(*arguments):
    """Run the command. Returns (output, errors)."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("related_stories", *arguments, stdout=out, stderr=errors)
    told = [line for line in errors.getvalue().splitlines() if not line.endswith("s to go")]  # of a slow machine
    return out.getvalue(), told


@pytest.mark.django_db
def test_a_story_is_explained():
    for number in range(20):
        cast.story(f"Dépêche {number}", hours_ago=100)
    match = cast.story("Le marché double", tags=["BVMAC"], hours_ago=1)
    story = cast.story("La bourse grandit", tags=["BVMAC"])
    working_out.work_out(RelatedList.objects.missing())
    said = run_command("--explain", str(story.pk))[0].splitlines()
    assert said[:3] == [
        "compact:",
        f"  {match.pk} Le marché double",
        "    shares BVMAC (2 stories); less than a day old",
    ]
    assert said[3] == "    (BVMAC 0.61 + section 0.50) × age 1.0000 = 1.11"


@pytest.mark.django_db
def test_there_is_nothing_to_explain_of_a_story_that_is_not_there():
    with pytest.raises(CommandError, match="There is no story 7"):
        run_command("--explain", "7")


@pytest.mark.django_db
def test_missing_ones_are_worked_out_and_all_are_on_demand():
    stories = [cast.story(f"Le barrage {number}") for number in range(3)]
    assert run_command("--missing")[0] == "3 stories compared.\n"
    assert run_command("--missing")[0] == "0 stories compared.\n"
    RelatedList.objects.filter(pk=stories[0].pk).update(matches=[])
    assert run_command("--all")[0] == "3 stories compared.\n"
