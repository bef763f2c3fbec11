"""Who wrote it: bylines to author names, and paragraphs that introduce an author to bios."""

from __future__ import annotations

import functools
import re

from kbapp.reading.fields import byline_words as words
from kbapp.reading.fields.dates import find_date

BYLINE = re.compile(
    rf"^\s*(?:(?P<by>{words.CUES})(?:\s*[:：]\s*|\s+|(?<=[／/：＝・]))|(?P<cue>{words.CUES_WITH_COLON}|{words.CUES})\s*[:：＝]\s*)(?P<who>\S.{{0,200}})$",
    re.I,
)
_KOREAN = re.compile(r"^(?P<name>[가-힣]{2,4})\s*(?:선임|수석|인턴)?기자(?:$|[\s=|])")
_JAPANESE = re.compile(
    r"^[（(【]?(?P<name>[\u4e00-\u9fff々]{2,5}(?:[\s　][\u4e00-\u9fff々\u3040-\u30ff]{1,4})?)[\s　]*(?:記者|记者)[）)】]?$"
)
AGENCIES = frozenset(
    "ap|associated press|the associated press|reuters|afp|agence france-presse|agence france presse|dpa|upi|efe|ansa|"
    "tass|itar-tass|interfax|xinhua|kyodo|kyodo news|pa media|press association|bloomberg|bloomberg news|staff|staff writer|"
    "staff writers|staff reporter|staff report|staff reports|newsroom|news desk|newsdesk|web desk|online desk|foreign desk|"
    "city desk|editor|editors|the editors|editorial|editorial board|the editorial board|editorial team|editorial staff|admin|"
    "administrator|guest|guest author|contributor|correspondent|our correspondent|special correspondent|redaktion|die redaktion|"
    "rédaction|la rédaction|redacción|la redacción|redazione|agencies|wire reports|wire services|news service|news services|"
    "anonymous|unknown|webmaster".split("|")
)
_ORDINARY_WORDS = frozenset("from de di da text texto testo words story report yazan haber 글 文".split())
_PARTICLES = "al|el|ul|bin|ibn|bint|ben|abu|van|von|der|den|de|del|della|di|da|do|dos|das|la|le|los|las|du|des|ten|ter|zu|zur|y|e|st|san|af|av|of|mc|mac|d"
_WORD = r"(?:[^\W\d_](?:[\w’'`.\-]*[\w.])?)"
_CAPITALISED = re.compile(rf"^(?:{_WORD}|[^\W\d_]\.)(?:\s+{_WORD}){{0,5}}$")
_ARTICLED = re.compile(r"(?:al|el|ad|as|ash|at|an|ar|az|d|l)[-'’][A-Z]")  # "al-Rashid", "d’Arcy"
_EAST_ASIAN = re.compile(
    r"^(?:[\u4e00-\u9fff々]{2,4}|[\u4e00-\u9fff々\u3040-\u30ff]{2,8}|[가-힣]{2,5}|[\u4e00-\u9fff々\u3040-\u30ff]{1,6}[\s　・][\u4e00-\u9fff々\u3040-\u30ffー]{1,10})$"
)
_PLACE = re.compile(r"\s+(?:in|at|for|of|from|aus|à|en|reports?|reporting)\s+.*$")
_GENERATION = re.compile(r",\s*(?:jr|sr|ii|iii|iv)\.?$", re.I)
_MARKS = ' \t.,;:|·•–—-*_"“”'
_SENTENCE_GOES_ON = re.compile(
    r"(?<!\bProf)(?<!\bHon)(?<!\bDipl)(?<!\bphil)(?<!\bSt)(?<!\bJr)(?<!\bSr)(?:[^\W\d_]{3,}|\d)[.!?]\s+\S+\s+\S+\s+\S"
)
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


NOBODY = frozenset(
    "admin|administrator|webmaster|unknown|anonymous|anonym|guest|user|root|editor|by|none|null|undefined|n/a|test".split(
        "|"
    )
)
"""What stands in the place of an author and is none."""


def parse_authors(text: str) -> list[str]:
    """The names in a byline without its cue: "A and B", "A | B", "Doe, Reuters", "A, B and C in Paris"."""
    text = " ".join(text.split()).strip(_MARKS)
    found_date = find_date(text)
    if found_date and found_date[1] > 2:
        text = text[: found_date[1]].strip(" ,;|·•–—-(")
    for pattern in (words.WHEN, words.READING_TIME, words.WEEKDAY):
        text = pattern.sub("", text)
    text = re.sub(r"[^\s()<>]+@[^\s()<>]+|https?://\S+|(?<!\w)@\w+", "", text)
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text)
    others = words.OTHERS.search(text)
    if others and others.start() > 0:
        text = text[: others.start()]
    names: list[str] = []
    for part in words.JOINERS.split(text):
        for half in _parted(part):
            names += [name for name in _split_commas(half) if not names or not is_outlet(name)]
    return list(dict.fromkeys(names))


def _parted(part: str) -> list[str]:
    """The parts around a joiner as short as "e" or "og", when all of them are names: "José Ortega y Gasset" stays whole."""
    halves = [half for half in words.WEAK_JOINERS.split(part) if half]
    places = [_PLACE.sub("", half) for half in halves]
    return halves if len(halves) > 1 and all(is_name(half.strip(_MARKS)) for half in places) else [part]


def is_outlet(name: str) -> bool:
    """Whether a name ends as newspapers' names do ("Northern Courier"); never true of one that opens a byline."""
    return bool(_OUTLET.search(name))


def is_agency(name: str) -> bool:
    """Whether an author is an agency or a desk rather than a person."""
    folded = re.sub(r"\s+", " ", name).strip(" .").casefold()
    return folded in AGENCIES or bool(re.search(r"\b(news|staff|desk|press|agency|editors|team|redaktion|newsroom|times|post|wires?|reports?|board)$", folded))  # fmt: skip


def is_company(name: str) -> bool:
    """Whether a name says that it is a company's, a club's or an authority's, or an address of the web."""
    return bool(re.search(r"\b(?:e\.\s?v|gmbh|ltd|inc|llc|corp|ag|s\.a|s\.r\.l|b\.v|plc|co\.|verein|verlag|ministry|ministerium|department|foundation|stiftung|association)\b\.?|\.(?:com|org|net|de|co\.uk|io|fr|it|es)$", name, re.I))  # fmt: skip


def is_name(text: str) -> bool:
    """Whether ``text`` has the shape of a person's name (two to six words, capitals where names have them)."""
    text = _GENERATION.sub("", text.strip())
    if not 3 <= len(text) <= 60 or not _CAPITALISED.match(text):
        return False
    parts = text.split()
    if len(parts) < 2 or any(map(str.isdigit, text)) or words.ROLE.search(text) or words.NETWORKS.fullmatch(text):
        return False
    capitalised = [part for part in parts if part[0].isupper() or not part[0].islower() or _ARTICLED.match(part)]
    return len(capitalised) >= 2 and all(
        part in capitalised or re.fullmatch(rf"(?:{_PARTICLES})(?:[-'’]\S+)?", part, re.I) or "-" in part
        for part in parts
    )


def is_declared_name(text: str) -> bool:
    """Whether what is declared to be an author's name can be one: also a single word, or Chinese, Japanese or Korean."""
    text = text.strip()
    if is_name(text) or _EAST_ASIAN.match(text):
        return True
    return (
        2 <= len(text) <= 60
        and len(text.split()) <= 6
        and bool(re.match(r"[^\W\d_]", text))
        and not is_agency(text)
        and not words.NETWORKS.fullmatch(text)
        and not re.search(r"[/<>{}@|]|\d{3}|\.(?:com|org|net|de|io)\b", text)
        and not words.ROLE.fullmatch(text)
        and text.casefold() not in NOBODY
    )


def tidy_name(name: str) -> str:
    """The name as it is shown: single spaces, no stray marks, capitals turned to the usual case."""
    name = re.sub(r"\s+", " ", name).strip(' \t,;:|·•–—-*_"“”')
    if name.isupper() and len(name) > 4 and " " in name:
        name = re.sub(r"[^\W\d_]+", lambda match: _capitalise(match.group()), name)
    return name


def byline_of(line: str) -> list[str]:
    """The authors that a line names when it is a byline ("By Jane Doe", "Author: A; B"), else an empty list."""
    line = line.strip().strip("*_ ")
    if len(line) > 220:
        return []
    if eastern := _KOREAN.match(line) or _JAPANESE.match(line):
        return [" ".join(eastern["name"].split())]
    match = BYLINE.match(line)
    if not match:
        return []
    who = words.OUR_REPORTER.sub("", match["who"].strip())
    cue = (match["cue"] or "").lower()
    if not cue and not _opens_byline(line, who):
        return []
    names = parse_authors(who)
    if cue in _ORDINARY_WORDS and not any(map(is_name, names)):
        return []
    if not cue and (not names or not (is_name(names[0]) or is_agency(names[0]) or _EAST_ASIAN.match(names[0]))):
        return []
    return [name for name in names if is_name(name) or is_agency(name) or is_declared_name(name)]


def _opens_byline(line: str, who: str) -> bool:
    """Whether what follows a bare "by" goes on as bylines do, not as a sentence."""
    if line[0].islower() and len(who.split()) > 8:
        return False
    if not (who[0].isupper() or not who[0].islower()) or _SENTENCE_GOES_ON.search(who):
        return False
    return len(who) <= 40 + 40 * max(1, len(parse_authors(who)))


def is_bio(paragraph: str, author: str) -> bool:
    """Whether the paragraph introduces this author: "Jane Doe is Senior Editor for ..."."""
    start = paragraph.strip(' *_[(“"—–-')
    if not _introduction(author).match(start):
        return False
    return bool(_BIO_NOUN.search(paragraph)) or start.lower().startswith(author.lower())


@functools.lru_cache(maxsize=256)
def _introduction(author: str) -> re.Pattern[str]:
    """Matches a paragraph that begins with the author's name or surname and goes on as introductions do."""
    surname = author.rsplit(maxsplit=1)[-1]
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
        if names and words.GENERATION.match(piece):
            names[-1] += ", " + piece
            continue
        if names and ((words.DEGREES.match(piece) and not part.isupper()) or words.ROLE.search(piece)):
            continue
        piece = re.sub(r"^(?:by|von|par|por)\s+", "", piece, flags=re.I)
        piece = words.HONORIFICS.sub("", tidy_name(_PLACE.sub("", piece)))
        piece = _without_degrees(_without_outlet(piece))
        if piece and (not names or is_name(piece) or (is_agency(piece) and len(pieces) == 1)):
            names.append(piece)
    return names


def _without_outlet(name: str) -> str:
    """ "Jane Doe DAILY MAIL" without the paper, "Jane Doe Staff Writer" without the role, "Jane Doe Jane Doe" once."""
    parts = name.split()
    half = len(parts) // 2
    if half and parts[:half] == parts[half:]:
        return " ".join(parts[:half])
    shouted = next((at for at in range(2, len(parts)) if all(word.isupper() for word in parts[at:])), 0)
    if shouted and not name.isupper() and any(len(word) > 3 for word in parts[shouted:]):
        return " ".join(parts[:shouted]).strip(_MARKS)
    role = words.ROLE.search(name)
    if role and not is_agency(name) and is_name(name[: role.start()].strip(_MARKS)):
        parts = re.sub(r"\b(?:the|our|by)\s*$", "", name[: role.start()], flags=re.I).split()
    return " ".join(parts).strip(_MARKS)


def _without_degrees(name: str) -> str:
    """ "Jane Doe MD PhD" without what she studied."""
    parts = name.split()
    while len(parts) > 2 and re.fullmatch(
        r"(?:M\.?D|Ph\.?D|CPP|PSP|CFA|CFP|CPA|MBA|MSc|MS|MA|BA|RD|RDN|RN|JD|FACLM|LLM|DVM|DDS|CPT|CSCS|Esq)\.?,?",
        parts[-1],
    ):
        parts.pop()
    return " ".join(parts)


def _capitalise(word: str) -> str:
    if word.lower() in ("van", "von", "de", "der", "den", "del", "la", "al", "bin", "du", "di", "da"):
        return word.lower()
    match = re.match(r"(MC|MAC)(\w{3,})$", word)
    if match and match[1] == "MC":
        return "Mc" + match[2].capitalize()
    return word.capitalize()
