"""Names in scripts without capitals: Chinese, Japanese, Korean, Arabic, Hebrew.

Only what stands beside a title, an office or a verb of speech, or is made of listed names throughout, is taken for a
person; every other place with the same words then is that person too.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from kbapp.domain import FieldName
from kbapp.paths import resource
from kbapp.people.lexicon import lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.text.folding import fold

_SCRIPTS = re.compile(r"[\u0590-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = r"\u4e00-\u9fff"
_TRANSLITERATED = (
    "阿埃艾安奥巴白班贝本比彼宾波伯博布查达丹道德登迪东杜顿多恩尔法范菲费弗福富盖甘冈高戈格根古哈海汉豪赫亨胡华怀霍基吉加贾杰金卡凯坎康考柯科克肯孔库昆"
    "拉莱赖兰朗劳勒雷里理利莉丽连列林琳龙卢鲁路伦罗洛马玛迈麦曼梅门蒙米密明摩莫默姆穆内纳娜南尼妮宁纽诺努欧帕潘佩皮珀普奇恰乔切琼丘热荣茹瑞若萨塞桑森瑟沙莎尚"
    "舍申圣施什史舒斯丝索苏孙塔泰坦汤唐特提蒂图托瓦万旺威韦维温文沃乌武西希锡夏香谢辛欣休许雪逊雅亚扬耶叶伊依因英尤约扎詹朱兹子佐澤奧貝賓達爾費蓋岡戈漢華懷賈傑"
    "翰诗妲娅婷珊黛露薇娃琪蕾碧爱珍齐奈顺仁伍甫腓凡范菲葛噶嘉洁茜琴卓灿滕帖拓陶堪基蓓芭詩婭愛齊順傑潔凱萊賴蘭勞麗連龍盧魯倫羅馬瑪邁麥門蒙紐諾歐潘喬瓊熱榮薩聖絲蘇孫湯圖萬韋溫烏錫謝許遜亞揚葉約紮詹茲"
)
_JAPANESE_OFFICE = re.compile("[国省庁党県市町村部局課副前元新]|委員|会社|大学|政府|外務|財務")
_MOST_WORDS = 4
_POINTS = 3.0
_TITLE = "a title stands before it"
_TITLE_AFTER = "a title stands after it"
_SPEECH = "a verb of speech stands beside it"
_LISTED = "a known given name and surname"
_AGAIN = "named with a title elsewhere in the text"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    key: tuple[str, ...]
    reason: str


def find_uncased(fields: Iterable[tuple[FieldName, str]]) -> list[MentionCandidate]:
    """The places that name people in these scripts, in no order; a name found once is found wherever it stands."""
    texts = [(name, text) for name, text in fields if not text.isascii() and _SCRIPTS.search(text)]
    if not texts:
        return []
    known: dict[str, tuple[str, ...]] = {}
    places: dict[tuple[FieldName, int], MentionCandidate] = {}
    for name, text in texts:
        for found in _in_text(text):
            surface = text[found.start : found.end]
            known.setdefault(surface, found.key)
            places[name, found.start] = MentionCandidate(name, found.start, found.end, found.key, _POINTS, found.reason)
    if known:
        again = re.compile("|".join(re.escape(surface) for surface in sorted(known, key=len, reverse=True)))
        for name, text in texts:
            for match in again.finditer(text):
                if (name, match.start()) not in places and _stands_free(text, match):
                    places[name, match.start()] = MentionCandidate(
                        name, match.start(), match.end(), known[match.group()], _POINTS - 1, _AGAIN
                    )
    return list(places.values())


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """Whether a name of a script with spaces is whole words here; Chinese and Japanese have no spaces."""
    if re.match(rf"[{_HAN}\u3040-\u30ff]", match.group()):
        return True
    before = text[match.start() - 1 : match.start()]
    if "\uac00" <= match.group()[0] <= "\ud7af":
        return not before.isalnum()
    return not before.isalnum() and not text[match.end() : match.end() + 1].isalnum()


def _in_text(text: str) -> Iterator[_Found]:
    if _KANA.search(text):
        yield from _japanese(text)
    elif re.search(rf"[{_HAN}]", text):
        yield from _chinese(text)
    if re.search(r"[\uac00-\ud7af]", text):
        yield from _korean(text)
    for language, letters in (("ar", "\u0621-\u064a\u064b-\u0652"), ("he", "\u05d0-\u05ea\"'")):
        if re.search(f"[{letters[:3]}]", text):
            yield from _with_spaces(text, language, letters)


@functools.cache
def _cues() -> dict[str, dict[str, tuple[str, ...]]]:
    with resource("names", "scripts.yaml").open(encoding="utf-8") as file:
        cues = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        language: {kind: tuple(word.replace("_", " ") for word in words.split()) for kind, words in kinds.items()}
        for language, kinds in cues.items()
    }


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@functools.cache
def _surnames(first: str, last: str) -> str:
    """The listed surnames of a script as alternatives, longest first."""
    composed = (unicodedata.normalize("NFC", word) for word in lexicon().family)  # folding takes Hangul apart
    return _either(word for word in composed if all(first <= letter <= last for letter in word))


@functools.cache
def _chinese_patterns() -> tuple[re.Pattern[str], ...]:
    cues = _cues()["zh"]
    surname, given = _either(cues["surnames"]), f"[{_HAN}]{{1,2}}?"
    before, after, speech, stops = (_either(cues[kind]) for kind in ("before", "after", "speech", "stops"))
    ends = rf"(?=$|[^{_HAN}·]|{speech}|{stops}|{after})"
    small = "".join(word for word in (*cues["stops"], *cues["speech"]) if len(word) == 1)
    free = rf"(?:(?<=^)|(?<=[^{_HAN}·])|(?<=[{small}]))"
    two = rf"(?:{surname})[{_HAN}][^{small}\W]"
    one = rf"(?:{surname})[{_HAN}]"
    return (
        re.compile(rf"(?:{before})(?P<name>{two}{ends}|{one}{ends})"),
        re.compile(rf"{free}(?P<name>(?:{surname}){given})(?=(?:{speech}|{after}))"),
        re.compile(rf"(?P<name>[{_TRANSLITERATED}]{{1,7}}(?:[·•・][{_TRANSLITERATED}]{{1,8}}){{1,3}})"),
    )


def _chinese(text: str) -> Iterator[_Found]:
    lex = lexicon()
    titles = _cues()["zh"]["after"]
    for pattern, reason in zip(_chinese_patterns(), (_TITLE, _SPEECH, "a foreign name of several parts"), strict=True):
        for match in pattern.finditer(text):
            name = match["name"]
            if name not in lex.places and not name.endswith(titles):
                yield _Found(match.start("name"), match.end("name"), (fold(name),), reason)


@functools.cache
def _japanese_patterns() -> tuple[re.Pattern[str], ...]:
    cues = _cues()["ja"]
    surname = _surnames("\u4e00", "\u9fff")
    free = rf"(?:(?<=^)|(?<=[^{_HAN}々]))"
    return (
        re.compile(rf"{free}(?P<name>[{_HAN}々]{{2,5}}?)(?={_either(cues['certain'])})"),
        re.compile(rf"{free}(?P<name>(?:{surname})[{_HAN}々]{{0,3}}?)(?={_either(cues['after'])})"),
        re.compile(rf"{free}(?P<name>[{_HAN}々]{{3,4}})(?={_either(cues['after'])})"),
        re.compile(rf"(?P<name>[ァ-ヴー]{{2,12}}(?:[・＝][ァ-ヴー]{{2,12}}){{1,3}})(?={_either(cues['after'])})"),
        re.compile(rf"(?P<name>[ァ-ヴー]{{2,12}})(?={_either(cues['certain'])})"),
    )


def _japanese(text: str) -> Iterator[_Found]:
    titles = _cues()["ja"]["after"]
    for pattern in _japanese_patterns():
        for match in pattern.finditer(text):
            name = match["name"]
            if not name.endswith(titles) and not _JAPANESE_OFFICE.search(name):
                yield _Found(match.start("name"), match.end("name"), (fold(match["name"]),), _TITLE_AFTER)


@functools.cache
def _korean_patterns() -> tuple[re.Pattern[str], ...]:
    cues = _cues()["ko"]
    name = rf"(?<![\uac00-\ud7af])(?P<name>(?:{_surnames('가', '힣')})[\uac00-\ud7af]{{2}})"
    return (
        re.compile(rf"{name}(?= ?(?:{_either(cues['after'])}))"),
        re.compile(rf"(?:{_either(cues['before'])}) {name}(?=[은는이가을를의와과도에 ,.]|$)"),
    )


def _korean(text: str) -> Iterator[_Found]:
    for pattern, reason in zip(_korean_patterns(), (_TITLE_AFTER, _TITLE), strict=True):
        for match in pattern.finditer(text):
            yield _Found(match.start("name"), match.end("name"), (fold(match["name"]),), reason)


def _with_spaces(text: str, language: str, letters: str) -> Iterator[_Found]:
    """Arabic and Hebrew: a known given name with what follows, after a title or a verb of speech or before a known
    surname."""
    cues, lex = _cues()[language], lexicon()
    titles, speech, stops, joins = (
        {fold(word) for word in cues[kind]} for kind in ("before", "speech", "stops", "joins")
    )
    words = [
        (match.start(), match.end(), fold(match.group()).strip("\"'")) for match in re.finditer(rf"[{letters}]+", text)
    ]
    index = 0
    while index < len(words):
        before = [word for _, _, word in words[max(0, index - 2) : index]]
        titled = bool(before) and (before[-1] in titles or " ".join(before) in titles)
        said = bool(before) and before[-1] in speech
        start, _, word = words[index]
        if word != "عبد" and language not in lex.languages.get(word, "").split(","):
            index += 1
            continue
        last, known = index, False
        while last + 1 < len(words) and last - index < _MOST_WORDS - 1:
            a, _, following = words[last + 1]
            if text[words[last][1] : a] != " " or following in stops or following in speech or following in titles:
                break
            listed = following in lex.given or following in lex.family or following in joins
            known = known or (listed and following not in joins)
            begun = last - index - (word == "عبد")  # "servant of", half a name
            if not listed and (begun > 0 or not (titled or said)) and words[last][2] not in joins:
                break
            last += 1
        while last > index and words[last][2] in joins:
            last -= 1
        if last > index and (titled or said or known):
            reason = _TITLE if titled else _SPEECH if said else _LISTED
            yield _Found(start, words[last][1], tuple(w for _, _, w in words[index : last + 1]), reason)
        index = last + 1
