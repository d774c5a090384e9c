from hypothesis import given

from articles.merging.elements import elements
from tests.articles.merging.bodies import BODY


@given(BODY)
def test_a_body_is_the_sum_of_its_elements(body):
    assert "".join(elements(body)) == body
