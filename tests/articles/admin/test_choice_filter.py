import pytest

from articles.admin.choice_filter import ChoiceFilter


class Even(ChoiceFilter):
    title, parameter_name = "kind", "kind"
    choices_by_value = {
        "even": ("Even", lambda numbers: [number for number in numbers if number % 2 == 0]),
        "none": ("None", lambda numbers: []),
    }


@pytest.mark.parametrize(
    ("asked", "left"),
    [({"kind": ["even"]}, [2]), ({"kind": ["none"]}, []), ({"kind": ["other"]}, [1, 2]), ({}, [1, 2])],
)
def test_each_choice_leaves_what_it_says_and_no_other_value_anything_less(rf, asked, left):
    chosen = Even(rf.get("/"), dict(asked), None, None)
    assert chosen.lookup_choices == [("even", "Even"), ("none", "None")]
    assert chosen.queryset(rf.get("/"), [1, 2]) == left
