"""Which language a text is in, by its commonest small words: enough for a label and a stemmer."""

from __future__ import annotations

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the of and to in is that for it was on with as his are at be by this from had has have not they which but",
    "de": "der die und das ist nicht ein eine den von mit dem für auf des sich im auch es zu wird aus hat sie wie bei",
    "fr": "le la les et des est un une dans que pour qui sur pas au par avec son plus ne sont cette ce aux nous été",
    "es": "el la los las de que y en un una por con para del se es su como más pero al lo sus ha este fue sobre",
    "it": "il di che la e un una per con non del della è sono gli nel alla più si come anche ha questo dei lo al",
    "pt": "o a de que e do da em um uma para com não os no se na por mais as dos como mas ao das foi é à pelo",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als maar door over bij wordt hij",
    "pl": "w i na z się nie że do to jest o jak po za od przez ale jego dla tym czy który są oraz tak",
    "sv": "och att det som en på är av för den med till inte har de om ett var jag men så från vi kan",
    "da": "og at det en den til er som på de med for af ikke der var han et har om men vi fra jeg",
    "tr": "ve bir bu için ile de da olarak daha çok gibi olan kadar sonra ne var en o ama ancak",
    "id": "yang dan di dengan untuk ini itu dari dalam tidak pada akan juga ke karena oleh adalah telah",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = [
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af]")), ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")), ("el", re.compile(r"[\u0370-\u03ff]")), ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")), ("hi", re.compile(r"[\u0900-\u097f]")), ("th", re.compile(r"[\u0e00-\u0e7f]")),
]  # fmt: skip


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None when there is too little to tell."""
    sample = text[:6000]
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return None
    for language, pattern in _SCRIPTS:
        if len(pattern.findall(sample)) > letters * (0.05 if language == "ja" else 0.3):
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[word] for word in small) for language, small in _WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= max(2, sum(words.values()) * 0.05) else None
