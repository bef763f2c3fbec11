"""Who wrote it: bylines to author names, and paragraphs that introduce an author to bios."""

from __future__ import annotations

import functools
import re

from kbapp.reading.fields.dates import find_date

_CUE = (
    r"(?:by|written by|words by|story by|text by|reported by|report by|posted by|from|author|authors|byline|writer|"
    r"reporter|von|text|autor|autorin|autoren|par|auteur|por|de|di|da|door|av|af|tekst)"
)
BYLINE = re.compile(rf"^\s*(?:(?P<cue>{_CUE})\s*:\s*|(?P<by>by|written by|words by|story by|text by|reported by|posted by|von|par|por|di|door|av)\s+)(?P<who>\S.{{0,200}})$", re.I)  # fmt: skip
AGENCIES = frozenset(
    "ap|associated press|the associated press|reuters|afp|agence france-presse|agence france presse|dpa|upi|efe|ansa|"
    "tass|itar-tass|interfax|xinhua|kyodo|kyodo news|pa media|press association|bloomberg|bloomberg news|staff|staff writer|"
    "staff writers|staff reporter|staff report|staff reports|newsroom|news desk|newsdesk|web desk|online desk|foreign desk|"
    "city desk|editor|editors|the editors|editorial|editorial board|the editorial board|editorial team|editorial staff|admin|"
    "administrator|guest|guest author|contributor|correspondent|our correspondent|special correspondent|redaktion|die redaktion|"
    "rédaction|la rédaction|redacción|la redacción|redazione|agencies|wire reports|wire services|news service|news services|"
    "anonymous|unknown|webmaster".split("|")
)
_PARTICLES = "al|el|ul|bin|ibn|bint|ben|abu|van|von|der|den|de|del|della|di|da|do|dos|das|la|le|los|las|du|des|ten|ter|zu|zur|y|e|st|san|af|av|of|mc|mac|d"
_WORD = r"(?:[^\W\d_](?:[\w’'`.\-]*[\w.])?)"
_CAPITALISED = re.compile(rf"^(?:{_WORD}|[^\W\d_]\.)(?:\s+{_WORD}){{0,5}}$")
_JOINER = re.compile(r"\s*(?:;|\||·|•|\s&\s|\band\b|\bund\b|\bet\b|\by\b|\bwith\b|\bmit\b|\bavec\b|\s/\s)\s*", re.I)
_SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv|m\.?d|ph\.?\s?d|esq|mp|mep|dds|rn)\.?$", re.I)
_ARTICLED = re.compile(r"(?:al|el|ad|as|ash|at|an|ar|az|d|l)[-'’][A-Z]")  # "al-Rashid", "d’Arcy"
_WHEN = re.compile(
    r"[\s,;|·•–—-]*\b(?:(?:first |last )?(?:published|posted|updated|modified|printed)|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato)(?: on| at| am| le| el| il)?[\s:]*$",
    re.I,
)
_ROLE = re.compile(
    r"\b(reporters?|correspondents?|editors?|writers?|columnists?|contributors?|staff|bureau|chief|producers?|analysts?|news|"
    r"newspapers?|times|post|herald|tribune|journal|magazine|press|guardian|media|network|online|service|agency|university|"
    r"institute|professor|special to|freelance|photographs?|photos?|graphics|illustrations?|updated|published|posted|minutes?|read|"
    r"in|at|for|redakteur(?:in)?|korrespondent(?:in)?|journalist(?:e|in)?)\b", re.I)  # fmt: skip
_BIO_VERB = (
    r"(?:is|was|are|were|has|have|had|writes|covers|covered|reports|reported|teaches|taught|works|worked|joined|lives|edits|edited|"
    r"leads|hosts|serves|served|studies|studied|specialises|specializes|contributes|blogs|holds|founded|directs|"
    r"ist|war|arbeitet|schreibt|leitet|berichtet|est|était|écrit|travaille|couvre|es|escribe|trabaja|cubre|è|scrive)"
)
_BIO_NOUN = re.compile(
    r"\b(reporter|correspondent|editor|writer|columnist|contributor|journalist|author|professor|lecturer|fellow|analyst|researcher|"
    r"director|producer|critic|blogger|historian|economist|scholar|commentator|novelist|photographer|broadcaster|scientist|student|"
    r"teacher|consultant|staff|freelance|freelancer|bureau chief|newsletter|founder|physician|doctor|lawyer|attorney|activist|"
    r"redakteur|redakteurin|journalistin|autor|autorin|professorin|korrespondent|korrespondentin|journaliste|periodista|giornalista|"
    r"writes|covers|reports on|teaches|schreibt|écrit|escribe|twitter|follow (?:him|her|them)|latest book|@\w+)\b", re.I)  # fmt: skip
_OUTLET = re.compile(
    r"(?:^the\s)|\b(?:courier|gazette|chronicle|telegraph|mirror|review|standard|observer|examiner|inquirer|enquirer|bulletin|dispatch|ledger|"
    r"register|sentinel|monitor|globe|mail|express|independent|record|reporter|citizen|argus|advertiser|weekly|daily|today|zeitung|tagblatt|tageblatt|"
    r"allgemeine|nachrichten|figaro|monde|país|pais|mundo|corriere|repubblica|stampa|post|times|herald|tribune|journal|magazine|press|guardian|news)$",
    re.I,
)
ABOUT_AUTHOR = re.compile(r"^\s*(?:about (?:the )?(?:authors?|writers?|contributors?)|author bio|bio|biography|zur person|"
                          r"über (?:den autor|die autorin)|à propos de l['’]auteur|sobre (?:el|la) autora?)\s*:?\s*$", re.I)  # fmt: skip
BIO_KEY = re.compile(r"^\s*(?:bio|about (?:the )?author|author bio|biography)\s*:\s*(?P<text>\S.*)$", re.I)


def parse_authors(text: str) -> list[str]:
    """The names in a byline without its cue: "A and B", "A | B", "Doe, Reuters", "A, B and C in Paris"."""
    text = re.sub(r"\s+", " ", text).strip(" \t.,;|·•–—-")
    found_date = find_date(text)
    if found_date and found_date[1] > 2:
        text = _WHEN.sub("", text[: found_date[1]].strip(" ,;|·•–—-("))
    text = re.sub(r"\S+@\S+\.\w+|https?://\S+|(?<!\w)@\w+", "", text)
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text)
    names: list[str] = []
    for part in _JOINER.split(text):
        names += [name for name in _split_commas(part) if not names or not is_outlet(name)]
    return list(dict.fromkeys(names))


def is_outlet(name: str) -> bool:
    """Whether a name ends as newspapers' names do ("Northern Courier"); never true of one that opens a byline."""
    return bool(_OUTLET.search(name))


def is_agency(name: str) -> bool:
    """Whether an author is an agency or a desk rather than a person."""
    folded = re.sub(r"\s+", " ", name).strip(" .").casefold()
    return folded in AGENCIES or bool(re.search(r"\b(news|staff|desk|press|agency|editors|team|redaktion|newsroom|times|post|wires?|reports?|board)$", folded))  # fmt: skip


def is_name(text: str) -> bool:
    """Whether ``text`` has the shape of a person's name (two to six words, capitals where names have them)."""
    text = text.strip()
    if not 3 <= len(text) <= 60 or not _CAPITALISED.match(text):
        return False
    words = text.split()
    if len(words) < 2 or any(_ROLE.fullmatch(word.strip(".")) for word in words):
        return False
    capitalised = [word for word in words if word[0].isupper() or not word[0].islower() or _ARTICLED.match(word)]
    return len(capitalised) >= 2 and all(
        word in capitalised or re.fullmatch(rf"(?:{_PARTICLES})(?:[-'’]\S+)?", word, re.I) or "-" in word
        for word in words
    )


def tidy_name(name: str) -> str:
    """The name as it is shown: single spaces, no stray marks, capitals turned to the usual case."""
    name = re.sub(r"\s+", " ", name).strip(' \t,;:|·•–—-*_"“”')
    if name.isupper() and len(name) > 4:
        name = re.sub(r"[^\W\d_]+", lambda match: _capitalise(match.group()), name)
    return name


def byline_of(line: str) -> list[str]:
    """The authors that a line names when it is a byline ("By Jane Doe", "Author: A; B"), else an empty list."""
    line = line.strip().strip("*_ ")
    match = BYLINE.match(line)
    if not match or len(line) > 220:
        return []
    who = match["who"].strip()
    if match["by"] and match["by"].islower() and not line[0].isupper() and len(who.split()) > 8:
        return []
    if not match["cue"] and not (who[0].isupper() or not who[0].islower()):
        return []
    names = parse_authors(who)
    if match["cue"] and match["cue"].lower() in ("from", "de", "di", "da", "text") and not any(map(is_name, names)):
        return []
    if not match["cue"]:
        if not names or len(who) > 40 + 40 * len(names) or re.search(r"[.!?]\s+\S+\s+\S+\s+\S", who):
            return []
        if not (is_name(names[0]) or is_agency(names[0])):
            return []
    return names


def is_bio(paragraph: str, author: str) -> bool:
    """Whether the paragraph introduces this author: "Jane Doe is Senior Editor for ..."."""
    start = paragraph.strip(' *_[(“"—–-')
    if not _introduction(author).match(start):
        return False
    return bool(_BIO_NOUN.search(paragraph)) or start.lower().startswith(author.lower())


@functools.lru_cache(maxsize=256)
def _introduction(author: str) -> re.Pattern[str]:
    """Matches a paragraph that begins with the author's name or surname and goes on as introductions do."""
    surname = author.split()[-1]
    return re.compile(
        rf"(?:about\s+)?(?:(?:dr|prof|mr|ms|mrs|professor)\.?\s+)?(?:{re.escape(author)}|{re.escape(surname)})\b"
        rf"\s*(?:,[^.]{{3,160}},\s*)?(?:\([^)]{{1,40}}\)\s*)?(?:{_BIO_VERB}\b|[,:–—-]\s*\S)",
        re.I,
    )


def bio_subject(paragraph: str) -> str | None:
    """The name of the person that a closing paragraph introduces as its writer, or None."""
    start = paragraph.strip(" *_[(")
    match = re.match(rf"(?P<name>[^\W\d_][\w.’'\-]*(?:\s+[\w.’'\-]+){{1,4}}?)\s+{_BIO_VERB}\s", start)
    if match and is_name(match["name"]) and _BIO_NOUN.search(paragraph[:300]) and len(paragraph) < 900:
        return match["name"]
    return None


def _split_commas(part: str) -> list[str]:
    names: list[str] = []
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    for piece in pieces:
        if names and _SUFFIX.match(piece):
            names[-1] += ", " + piece
            continue
        piece = re.sub(r"^(?:by|von|par|por)\s+", "", piece, flags=re.I)
        piece = re.sub(r"\s+(?:in|at|for|of|from|reports?|reporting)\s+.*$", "", piece)
        piece = tidy_name(piece)
        if not piece:
            continue
        if not names or is_name(piece) or (is_agency(piece) and len(pieces) == 1):
            if names and _ROLE.search(piece):
                continue
            names.append(piece)
    return names


def _capitalise(word: str) -> str:
    if word.lower() in ("van", "von", "de", "der", "den", "del", "la", "al", "bin", "du", "di", "da"):
        return word.lower()
    match = re.match(r"(MC|MAC)(\w{3,})$", word)
    if match and match[1] == "MC":
        return "Mc" + match[2].capitalize()
    return word.capitalize()
