"""Names of authors in the parts that bibliographies sort by: given name, particle, family name, suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbapp.reading.fields.bylines import is_agency, is_company

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|esq|m\.?d|ph\.?\s?d|d\.?d\.?s)\.?", re.I)
_AGENCY = re.compile(r"agen(?:tur|ce|cia|zia|cy|tschap|cja|tura|turen)\b", re.I)
_PARTICLES = frozenset(
    "van von der den de del della di da dos das do du des la le lo ten ter te vom zu zum zur af av bin ibn ben el al y e i d' st.".split()
)


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name in parts; an agency, or a name that has no parts, is ``family`` alone and ``literal``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False

    @property
    def sorted(self) -> str:
        """The name as lists have it: "van Beethoven, Ludwig", "Doe, Jane, Jr."."""
        family = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


def parse_name(name: str) -> AuthorName:
    """The parts of a name as it stands in a byline ("Jane Doe, Jr.") or in a list ("Doe, Jane")."""
    whole = " ".join(name.split())
    parts = [part.strip() for part in whole.split(",") if part.strip()]
    suffix = parts.pop() if len(parts) > 1 and _SUFFIX.fullmatch(parts[-1]) else ""
    if is_agency(whole) or is_company(whole) or _AGENCY.search(whole) or len(parts) > 2 or not parts:
        return AuthorName(whole, literal=True)
    if len(parts) == 2:
        particle, family = _split_particle(parts[0].split())
        return AuthorName(family, parts[1], particle, suffix)
    words = parts[0].split()
    if not suffix and len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) < 2:
        return AuthorName(whole, literal=True)
    at = next((at for at in range(1, len(words) - 1) if words[at].casefold() in _PARTICLES), len(words) - 1)
    particle, family = _split_particle(words[at:])
    return AuthorName(family, " ".join(words[:at]), particle, suffix)


def _split_particle(words: list[str]) -> tuple[str, str]:
    """("van der", "Berg") of "van der Berg"; one that is written with a capital belongs to the name."""
    at = 0
    while at < len(words) - 1 and words[at] in _PARTICLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])
