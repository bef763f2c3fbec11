"""What speaks for and against a name: each cue with its weight and the words in which a reader is told of it.

The weights are points, set by hand on newswire and on articles of our own; the learned weights take the same cues by
their names.
"""

from __future__ import annotations

from typing import NamedTuple


class Cue(NamedTuple):
    """One piece of evidence: ``points`` for (or against) a person, and ``reason``, empty where it is never shown.
    "{}" in a reason stands for the word in the text."""

    name: str
    points: float
    reason: str = ""


# What stands before
TITLE = Cue("title", 2.5, "a title stands before it")
OFFICE = Cue("office", 1.8, "an office stands before it")
ROLE_BEFORE = Cue("role before", 2.0, "“{}” stands before it")
SPEECH_BEFORE = Cue("speech before", 1.5, "“{}” stands before it")
NAMED_BEFORE = Cue("named before", 0.7)
THING_BEFORE = Cue("thing before", -2.0)
PAIR_BEFORE = Cue("pair before", -0.8)
AMPERSAND_BEFORE = Cue("ampersand before", -2.0)
PLACE_PREPOSITION = Cue("place preposition", -1.4)
OWNER_BEFORE = Cue("owner before", -0.6)
OWNER_AND_NOUN = Cue("owner and noun", -2.0)
PREPOSITION = Cue("preposition", -0.3)
ARTICLE_BEFORE = Cue("article before", -2.2)
ARTICLE_AND_FOLLOWERS = Cue("article and followers", -0.6)
ARTICLE_AND_RULE = Cue("article and rule", 2.0, "an administration or era carries the name")

# What follows
COMPANY_AFTER = Cue("company after", -2.5)
THING_AFTER = Cue("thing after", -2.0)
ITS_AFTER = Cue("its after", -3.0)
IT_AFTER = Cue("it after", -1.5)
AGE = Cue("age", 2.5, "an age follows")
WHO = Cue("who", 1.8, "“who” follows")
PARTY = Cue("party", 1.6, "a country or party in brackets follows")
CRICKET = Cue("cricket", 1.2)
RESULT = Cue("result", 0.5)
KIN = Cue("kin", 1.2, "kin or staff is named after it")
SPEECH_AFTER = Cue("speech after", 1.6, "“{}” follows")
VERB_AFTER = Cue("verb after", 0.4)
EXPLAINED = Cue("explained", 1.8, "“{}” explains it")
BEFORE_OFFICE = Cue("before office", -1.0)

# A single word
SINGLE = Cue("single", -0.6)
NO_WORD = Cue("no word", -5.0)
DOCTRINE = Cue("doctrine", -1.5)
MONONYM = Cue("mononym", 3.2, "the name alone is known everywhere")
SINGLE_PLACE = Cue("single place", -3.0)
SINGLE_CITY = Cue("single city", -1.6)
SINGLE_WORD = Cue("single word", -1.8)
SINGLE_WORD_TITLED = Cue("single word titled", -0.2)
SINGLE_SURNAME = Cue("single surname", 0.7, "a known surname")
SINGLE_GIVEN = Cue("single given", 0.4, "a known given name")
SINGLE_UNKNOWN = Cue("single unknown", 0.4)

# Several words
INNER_CAPITAL = Cue("inner capital", -1.5)
SUFFIX = Cue("suffix", 1.5, "a suffix such as Jr.")
PLACE_HEAD = Cue("place head", -4.0)
WHOLE_PLACE = Cue("whole place", -4.0)
FIRST_INITIALS = Cue("first initials", 1.6, "initials")
CAPITALS_AS_INITIALS = Cue("capitals as initials", 1.0, "initials")
FIRST_GIVEN = Cue("first given", 2.0, "a known given name")
FIRST_GIVEN_OR_WORD = Cue("first given or word", 1.2, "a known given name")
FIRST_SURNAME = Cue("first surname", 0.5)
FIRST_PLACE = Cue("first place", -2.0)
FIRST_WORD = Cue("first word", -2.0)
FIRST_WORD_CUED = Cue("first word cued", -0.8)
FIRST_CITY = Cue("first city", -0.8)
FIRST_UNKNOWN = Cue("first unknown", 0.8)
SURNAME_FIRST = Cue("surname first", 1.8, "a surname that stands first")
INITIAL_WITHIN = Cue("initial within", 2.0, "an initial within")
PARTICLE_WITHIN = Cue("particle within", 1.3, "a particle within")
NICKNAME_WITHIN = Cue("nickname within", 1.5, "a nickname within")
LAST_PLACE = Cue("last place", -2.0)
LAST_ORGANISATION = Cue("last organisation", -0.6)
LAST_SURNAME = Cue("last surname", 0.9, "a known surname")
LAST_SURNAME_OR_WORD = Cue("last surname or word", 0.4, "a known surname")
LAST_WORD = Cue("last word", -2.2)
LAST_WORD_CUED = Cue("last word cued", -1.0)
LAST_WORD_AFTER_GIVEN = Cue("last word after given", -0.3)
LAST_GIVEN = Cue("last given", 0.8)
LAST_CITY = Cue("last city", -0.9)
LAST_CITY_AFTER_GIVEN = Cue("last city after given", 0.2)
LAST_UNKNOWN = Cue("last unknown", 0.8)
LETTER_WITHIN = Cue("letter within", -2.0)
WORD_WITHIN = Cue("word within", -1.8)
UNKNOWN_WITHIN = Cue("unknown within", -0.2)
ONE_WORD_TOO_MANY = Cue("one word too many", -0.7)
MIXED_CAPITALS = Cue("mixed capitals", -0.3)
