"""Which language a text is in."""

from __future__ import annotations

import functools
import re
from typing import Any

# The commonest small words: a declared language that a text plainly speaks need not be looked into.
_SMALL_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the of and to in is that for it was on with as his are at be by this from had has have not they which but".split()
    ),
    "de": frozenset(
        "der die und das ist nicht ein eine den von mit dem für auf des sich im auch es zu wird aus hat sie wie bei".split()
    ),
    "fr": frozenset(
        "le la les et des est un une dans que pour qui sur pas au par avec son plus ne sont cette ce aux nous été".split()
    ),
    "es": frozenset(
        "el la los las de que y en un una por con para del se es su como más pero al lo sus ha este fue sobre".split()
    ),
    "it": frozenset(
        "il di che la e un una per con non del della è sono gli nel alla più si come anche ha questo dei lo al".split()
    ),
    "pt": frozenset(
        "o a de que e do da em um uma para com não os no se na por mais as dos como mas ao das foi é à pelo".split()
    ),
    "nl": frozenset(
        "de het een van en in is dat op te voor met zijn niet aan er om ook als maar door over bij wordt hij".split()
    ),
    "pl": frozenset(
        "w i na z się nie że do to jest o jak po za od przez ale jego dla tym czy który są oraz tak".split()
    ),
    "sv": frozenset(
        "och att det som en på är av för den med till inte har de om ett var jag men så från vi kan".split()
    ),
    "da": frozenset("og at det en den til er som på de med for af ikke der var han et har om men vi fra jeg".split()),
    "tr": frozenset("ve bir bu için ile de da olarak daha çok gibi olan kadar sonra ne var en o ama ancak".split()),
    "id": frozenset(
        "yang dan di dengan untuk ini itu dari dalam tidak pada akan juga ke karena oleh adalah telah".split()
    ),
}
_SAMPLE = 6000  # characters that are looked at
_LEAST = 20  # letters
_SURE, _SURER = 0.5, 0.95  # what it takes to guess, and to overrule what is declared
# Declared languages that a guess by letters does not overrule, as it cannot tell these well.
_NEAR = (
    {"no", "nb", "nn", "da"},
    {"hr", "sr", "bs", "sh", "sl", "me"},
    {"id", "ms", "jv"},
    {"cs", "sk"},
    {"gl", "pt", "es", "ca", "an", "oc"},
    {"hi", "mr", "ne"},
    {"ru", "be"},
    {"af", "nl"},
    {"fa", "ps", "ku"},
)


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None when there is too little to tell."""
    code, certainty = _guess(text)
    return code if certainty >= _SURE else None


def language_of(text: str, declared: str | None) -> tuple[str | None, str]:
    """The language of a text and where that was found ("declared" or "text"); what is declared and cannot be is not believed."""
    if declared is None:
        return detect(text), "text"
    if len(text) < 200 or _plainly_speaks(text, declared):
        return declared, "declared"
    code, certainty = _guess(text)
    return (declared, "declared") if code is None or certainty < _SURER or _agree(code, declared) else (code, "text")


def _guess(text: str) -> tuple[str | None, float]:
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST:
        return None, 0.0
    code, certainty = _identifier().classify(sample)
    return str(code), float(certainty)


def _plainly_speaks(text: str, language: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    small = _SMALL_WORDS.get(language, frozenset())
    return sum(word in small for word in words) > 0.2 * len(words)


def _agree(found: str, declared: str) -> bool:
    return found == declared or any(found in near and declared in near for near in _NEAR)


@functools.cache
def _identifier() -> Any:
    # Brings numpy and a model of some MB along, which texts with a declared language need not wait for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
