"""The words of each language by which datelines, bylines and captions are recognised: see datelines.py.

All are looked for together, because an agency's dateline may be in another language than the story. A word is written
with its accents, and without them where people leave them out; several are separated by commas.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DatelineWords:
    months: str = ""  # in any case, abbreviations too, without a full stop
    weekdays: str = ""  # likewise
    ordinals: str = ""  # right after the number of a day
    of: str = ""  # between day and month
    at: str = ""  # between date and time
    before_dates: str = ""  # between place and date
    openers: str = ""  # as they open a sentence: they end a name before them
    elided_openers: str = ""  # the same before an apostrophe
    particles: str = ""  # in the name of a place or a person
    conjunctions: str = ""  # between two people
    published: str = ""  # in any case, before the date of publication
    by: str = ""  # before the name of the writer
    captions: str = ""  # in any case, before what a picture shows and who made it
    cross_references: str = ""  # in any case, before the headline of another story


DATELINE_WORDS = {
    "en": DatelineWords(
        months="january, february, march, april, may, june, july, august, september, october, november, december, "
        "jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec",
        weekdays="monday, tuesday, wednesday, thursday, friday, saturday, sunday, "
        "mon, tue, tues, wed, thur, thurs, fri, sat, sun",
        ordinals="st, nd, rd, th",
        of="of",
        at="at",
        before_dates="on, the",
        openers="The, A, An, This, These, It, In",
        particles="of, and",
        conjunctions="and",
        published="posted, published, update, updated",
        by="By, BY, Written by, Reporting by",
        captions="photo, photos, image, images, credit, credits, caption, captions, source, sources, video, videos",
        cross_references="read also, read more, also read, see also",
    ),
    "fr": DatelineWords(
        months="janvier, février, fevrier, mars, avril, mai, juin, juillet, août, aout, septembre, octobre, novembre, "
        "décembre, decembre, jan, janv, fév, févr, avr, juil, déc",
        weekdays="lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
        ordinals="er",
        of="de",
        at="à, a",
        before_dates="le",
        openers="Le, Les, La, Un, Une, Des, Du, Au, Aux, À, Ce, Cette, Ces, Il, Ils, Elle, Elles, On, En, Après, Dans",
        elided_openers="L, D",
        particles="de, du, des, la, le, sur, et",
        conjunctions="et",
        published="publié, publie, mis à jour, mise à jour",
        by="Par, PAR, Propos recueillis par",
        captions="illustration, illustrations, crédit, crédits, légende, legende, vidéo, vidéos",
        cross_references="à lire, lire aussi, lire également, lire egalement, voir aussi",
    ),
    "ar": DatelineWords(
        months="يناير, فبراير, مارس, أبريل, إبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر, "
        "جانفي, فيفري, أفريل, ماي, جوان, جويلية, أوت, غشت, شتنبر, نونبر, دجنبر",
        by="بقلم",
    ),
    # Parts of names that have come into every language.
    "": DatelineWords(particles="van, bin, ben, ould, el, al", conjunctions="&"),
}
