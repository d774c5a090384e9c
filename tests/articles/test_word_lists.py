"""Words of all languages, the longest first, so that a longer one is not cut by a shorter."""

from articles.dateline_words import DatelineWords
from articles.word_lists import list_words


def test_words_of_all_languages_come_once_and_the_longest_first():
    words = [DatelineWords(by="Par, PAR"), DatelineWords(by="By, , Par ,Written by")]
    assert list_words(words, "by") == sorted({"Written by", "Par", "PAR", "By"}, key=lambda word: (-len(word), word))
    assert list_words([], "by") == []
