"""Words that say nothing about what a text is about, as terms are spelled: no case, no accents, no apostrophes.

Those of a language with many stories are found by counting (see likeness.py); these serve the first hundred stories.
"""

STOP_WORDS_BY_LANGUAGE = {
    "en": """
a about after all also am an and any are as at be because been before being both but by can could did do does during
each for from had has have he her here him his how if in into is it its just may more most much must no nor not now of
off on one only or other our out over own said same say says she should since so some still such than that the their
them then there these they this those to too under until up us very was we were what when where which while who whom
whose why will with would you your
""",
    "fr": """
ai ainsi apres au aucun aujourd aura aussi autre autres aux avaient avait avant avec avoir beaucoup car ce ceci cela
celle celles celui cependant ces cet cette ceux chaque chez comme comment contre dans de depuis des deux dit dont du
elle elles en encore entre est et etaient etait ete etre eu eux fait faire faut font hui il ils je jusqu jusque la le
les leur leurs lors lorsque lui ma mais me meme memes mes moins mon ne ni non nos notre nous on ont ou par parce pas
pendant peu peut peuvent plus plusieurs pour pourquoi puis quand que quel quelle quelles quels qui quoi sa sans sera
seront ses si sinon soit son sont sous sur ta tandis te tes toi ton tous tout toute toutes tres tu un une va vers
voici voila vos votre vous y
""",
}
STOP_WORDS = frozenset(" ".join(STOP_WORDS_BY_LANGUAGE.values()).split())
