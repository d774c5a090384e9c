import datetime
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Tag
from articles.models.related_list import Match
from articles.related import Reason, SharedTraits
from articles.related.scoring import weight

tags = st.lists(
    st.builds(Tag, pk=st.integers(1, 99), name=st.sampled_from(["BVMAC", "Lomé"]), story_count=st.integers(1, 40)),
    max_size=4,
    unique_by=lambda tag: tag.pk,
)
NOW = datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC)


mentioned = st.dictionaries(st.sampled_from(["Douala", "Bourse + Cie"]), st.sampled_from([0.35, 1.204, 3.9]))


@given(tags, mentioned, st.integers(0, 1000), st.integers(0, 10_000), st.booleans())
def test_the_sum_that_is_shown_is_that_of_the_points(shared, mentioned, thousandths, hours, same_section):
    published = int(NOW.timestamp()) - 3600 * hours
    weighs = weight([*(4.38 for _tag in shared), *mentioned.values()], thousandths / 1000)
    match = Match(1, thousandths / 1000, [tag.pk for tag in shared], published, 7, weighs, mentioned)
    traits = SharedTraits.from_match(match, {tag.pk: tag for tag in shared}, 7 if same_section else 8, NOW)
    said = re.fullmatch(r"\((.*)\) × age ([\d.]+) = ([\d.]+)", traits.points_formula)
    summands = [float(part.rsplit(" ", 1)[1]) for part in re.split(r"(?<=\d) \+ ", said[1]) if part]
    assert float(said[3]) == pytest.approx(traits.points, abs=0.005)
    if traits.points:
        assert float(said[3]) == pytest.approx(sum(summands) * float(said[2]), abs=0.05)


def test_reasons_in_words():
    bvmac, douala = Tag(pk=1, name="BVMAC", story_count=7), Tag(pk=2, name="Douala", story_count=1)
    age = datetime.timedelta(days=3)
    match = SharedTraits((bvmac, douala), 100, age=age)
    assert str(Reason("related", match)) == "shares BVMAC (7 stories), Douala (1 story); 3 days old"
    assert str(Reason("related", SharedTraits(likeness=0.314, age=age))) == "similar text (31%); 3 days old"
    both = Reason("related", SharedTraits((bvmac,), 100, 0.2, age=datetime.timedelta(hours=5)))
    assert str(both) == "shares BVMAC (7 stories), similar text (20%); less than a day old"
    assert both.describe(with_counts=False) == "shares BVMAC, similar text (20%); less than a day old"
    assert both.short == "More on BVMAC"
    mention = Reason("related", SharedTraits((bvmac,), 100, 0.2, age=age, mentioned=(("Lomé", 1.2), ("Accra", 0.9))))
    assert str(mention) == (
        "shares BVMAC (7 stories), mention of Lomé, mention of Accra, similar text (20%); 3 days old"
    )
    assert Reason("related", SharedTraits(mentioned=(("Lomé", 1.2),), age=age)).short == ""
    assert str(Reason("pinned")) == "pinned"


def test_reasons_in_french():
    with translation.override("fr"):
        reason = Reason("related", SharedTraits(likeness=0.31, age=datetime.timedelta(days=3)))
        assert re.sub(r"\s", " ", str(reason)) == "texte semblable (31 %) ; paru il y a 3 jours"
        reason = Reason("related", SharedTraits(mentioned=(("Lomé", 1.2),)))
        assert re.sub(r"\s", " ", str(reason)) == "mention : Lomé ; paru il y a moins d’un jour"
