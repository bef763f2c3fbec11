"""Why a description, a quotation or a link is somebody's: one sentence each, in the words of the person who reads it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The value is the English sentence, which is also the key of its translations."""

    SAID_BESIDE = "A verb of saying stands beside the name."
    SAID_BEFORE = "The sentence before the quotation has this person speak."
    ACCORDING_TO = "“According to” and the name stand beside it."
    SIGNED = "The name signs the quotation after a dash."
    NAME_AND_COLON = "The name and a colon open the paragraph."
    ONLY_ONE_MEANT = "“He” or “she” speaks, and nobody else nearby can be meant."
    SPEECH_GOES_ON = "The speech goes on from the quotation before."
    DASH_SPEECH = "A dash opens the speech, and its sentence names the speaker."
    OFFICE_BEFORE = "The office stands before the name."
    TITLE_BEFORE = "The title stands before the name."
    WORDS_AFTER = "The words after the name say so."
    SAYS_WHAT_IS = "The sentence says what this person is."
    APPOINTED = "The sentence tells of the appointment."
    PLACE_OF_WORK = "The name is followed by where this person works."
    HEAD_OF_LIST = "The words before the list of names say so."
    SAME_NAME = "the same name"
    SPELLED_ALIKE = "surnames that differ by one letter"
    SHORT_OR_OTHER_SPELLING = "a short form or another spelling of one given name"
    SAME_GIVEN_NAME = "the same given name and surname"
    SAME_INITIAL = "the same surname and initial"
    SURNAME_ALONE = "the same surname, one of them without a given name"
    AGES_DIFFER = "The ages given do not fit one person."
    CENTURIES_DIFFER = "The articles lie further apart than one life."
    CALLINGS_DIFFER = "The callings hardly fit one person."
