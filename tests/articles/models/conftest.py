import pytest

from tests.articles import cast


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def live():
    return cast.story("Le port ferme", authors=[cast.author()], tags=["Togo"])
