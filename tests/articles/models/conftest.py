import pytest

from tests.articles import cast


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def moutiou():
    return cast.reporter()


@pytest.fixture
def koffi():
    return cast.tag_staff()


@pytest.fixture
def live():
    return cast.story("Le port ferme", authors=[cast.author()], tags=["Togo"])
