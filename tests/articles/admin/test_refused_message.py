"""What is said of one thing among several that was refused."""

from django.core.exceptions import ValidationError
from django.utils import translation

from articles.admin.refused_message import refused_message


def test_it_names_the_thing_and_every_reason():
    assert refused_message("Le port", ValidationError(["Trop long.", "Sans rubrique."])) == (
        "“Le port”: Trop long. Sans rubrique."
    )


def test_it_has_the_quotation_marks_of_the_language():
    with translation.override("fr"):
        assert refused_message("Le port", "Trop long.") == "«\xa0Le port\xa0»\xa0: Trop long."
