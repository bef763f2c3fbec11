"""The pages of people, authors and pairs of people: dossiers of cards, with charts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypedDict

from kbapp.domain import DescriptionRow, EmphasisRow, Note, PersonRow, Profile, Subject, WrittenRow
from kbapp.i18n import language, plain_date, plural, translated
from kbapp.library.articles import listing
from kbapp.library.database import Library
from kbapp.library.notes import repository as notes
from kbapp.library.people import cooccurrence, doubts, figures, merge_suggestions, portraits, profiles
from kbapp.library.people import repository as people
from kbapp.rendering import charts
from kbapp.rendering.addresses import Address, Page
from kbapp.rendering.templates import template

_MONTHS_OF = re.compile(r"t(\d{4}-\d\d)\.\.(\d{4}-\d\d)")  # the place of a page that shows some months only
_RANKED, _ROLES, _QUOTES = 8, 8, 8  # rows of a card before the rest
_HEAD, _SMALL = 72, 24  # diameters of discs


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A person in a list by rank; ``disc`` and ``bar`` are the names of charts of the page."""

    id: int
    name: str
    articles: int
    disc: str
    bar: str


@dataclass(frozen=True, slots=True)
class _Role:
    """A description on the line of time; ``mark`` is the name of a chart of the page."""

    text: str
    article: int
    published: str | None
    title: str
    reason: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class _Telling:
    """A person whom an author names more than others do: shares from 0 to 1, ``bar`` is the name of a chart of the page."""

    id: int
    name: str
    share: float
    usual: float
    bar: str


class _OwnNotes(TypedDict):
    notes: list[Note]
    backlinks: list[Note]


def person_page(library: Library, address: Address, with_notes: bool) -> Page:
    """A person as a dossier. Raises NotFound."""
    shown = profiles.PAGE
    profile = profiles.profile(library, address.number, limit=shown, language=language())
    numbers = figures.figures(library, profile.id)
    if not numbers.mentions and profile.wrote:  # nobody writes about him: what he wrote is all there is
        return author_page(library, Address("author", str(profile.id)), with_notes)
    months = _MONTHS_OF.fullmatch(address.place)
    if months:
        between = cooccurrence.mentions_between(library, profile.id, months[1], months[2], 500)
        profile = replace(profile, mentioned_in=between)
    drawn: dict[str, charts.Chart] = {"head": charts.Disc(profile.name, profile.id, _HEAD)}
    counts = _months(profile)
    if counts:
        drawn["months"] = charts.MonthColumns(counts, _in_words(counts), (months[1], months[2]) if months else None)
    everybody = address.place == "people"
    doubt = doubts.may_be_two(library, profile.id)
    evidence = [*doubt.one.articles, *doubt.other.articles] if doubt else []
    html = template("person.html").render(
        profile=profile, numbers=numbers, months=months, shown=shown, years=_years(counts),
        portrait=portraits.portrait(library, profile.id), role=_present_role(profile),
        roles=_roles(profile, drawn), alongside=_ranked(profile.often_with, drawn, "with", everybody),
        writers=_ranked(profile.written_about_by, drawn, "by", everybody), everybody=everybody, ranked=_RANKED,
        quotes=profile.quotes if address.place == "quotes" else profile.quotes[:_QUOTES], most_quotes=_QUOTES,
        suggestions=_suggestions(library, profile.id), doubt=doubt, titles=listing.titles(library, evidence), **_own_notes(library, profile, "person", with_notes),
    )  # fmt: skip
    return Page(address, profile.name, html, Subject("person", profile.id), counts, charts=drawn)


def author_page(library: Library, address: Address, with_notes: bool) -> Page:
    """An author as a dossier. Raises NotFound."""
    profile = profiles.profile(library, address.number, limit=200, language=language())
    numbers = figures.figures(library, profile.id)
    drawn: dict[str, charts.Chart] = {"head": charts.Disc(profile.name, profile.id, _HEAD)}
    by_year = figures.years(library, profile.id)
    if len(by_year) > 1 or (by_year and by_year[0][1] > 1):
        words = ", ".join(f"{year}: {count}" for year, count in by_year)
        drawn["years"] = charts.YearColumns(tuple(by_year), words)
    articles: dict[str, list[WrittenRow]] = {}
    for each in profile.wrote:
        articles.setdefault(each.published[:4] if each.published else "", []).append(each)
    outlets = figures.outlets(library, profile.id)
    html = template("author.html").render(
        profile=profile, numbers=numbers, by_year=articles, charted="years" in drawn,
        portrait=portraits.portrait(library, profile.id), all_bios=address.place == "bios",
        outlets=outlets, subjects=cooccurrence.subjects(library, profile.id),
        alongside=_ranked(profile.writes_about, drawn, "about", address.place == "people"), ranked=_RANKED,
        emphasis=_against_others(cooccurrence.distinctive_people(library, profile.id), drawn),
        **_own_notes(library, profile, "author", with_notes),
    )  # fmt: skip
    return Page(address, profile.name, html, Subject("author", profile.id), charts=drawn)


def compare_page(library: Library, address: Address) -> Page:
    """Two people, as subjects and as authors, side by side, and the passages that name both. Raises NotFound."""
    one, _, other = address.ref.partition(",")
    a, b = (profiles.profile(library, ref, limit=1, language=language()) for ref in (one, other))
    drawn: dict[str, charts.Chart] = {}
    for key, profile in (("a", a), ("b", b)):
        drawn[key] = charts.Disc(profile.name, profile.id, 52)
    if a.timeline or b.timeline:
        words = f"{a.name}: {_in_words(_months(a))}. {b.name}: {_in_words(_months(b))}"
        drawn["months"] = charts.PairedMonths(_months(a), _months(b), words)
    of_b = {each.id for each in b.often_with}
    common = tuple(each for each in a.often_with if each.id in of_b)
    html = template("compare.html").render(
        pair=[(key, each, figures.figures(library, each.id)) for key, each in (("a", a), ("b", b))], a=a, b=b,
        shared=cooccurrence.shared_articles(library, a.id, b.id), count=cooccurrence.shared_count(library, a.id, b.id),
        common=common[:12],
    )  # fmt: skip
    return Page(address, translated("{0} and {1}").format(a.name, b.name), html, Subject("library"), charts=drawn)


def _own_notes(library: Library, profile: Profile, side: str, with_notes: bool) -> _OwnNotes:
    if not with_notes:
        return {"notes": [], "backlinks": []}
    return {
        "notes": list(notes.gathered(library, profile.notes[:20]).values()),
        "backlinks": notes.linking_to(library, side, profile.id),
    }


def _months(profile: Profile) -> tuple[tuple[str, int], ...]:
    return tuple((each.month, each.articles) for each in profile.timeline)


def _in_words(counts: tuple[tuple[str, int], ...]) -> str:
    """What a chart of months shows, for those who do not see it."""
    return ", ".join(f"{plain_date(month)}: {plural(number, 'article')}" for month, number in counts)


def _years(counts: tuple[tuple[str, int], ...]) -> list[str]:
    """The years that can be chosen, where there is more than one."""
    found = sorted({month[:4] for month, _ in counts})
    return found if len(found) > 1 else []


def _present_role(profile: Profile) -> DescriptionRow | None:
    """The description at the head of the page, with the article that it is from."""
    return next((each for each in profile.descriptions if each.text == profile.description), None)


def _roles(profile: Profile, drawn: dict[str, charts.Chart]) -> list[_Role]:
    """What the person was called over time, the newest first, each with its mark on the line."""
    found = profile.descriptions[:_ROLES]
    if len(found) < 2:
        return []
    drawn["role-now"], drawn["role-then"] = charts.RoleMark(present=True), charts.RoleMark(present=False)
    return [
        _Role(each.text, each.article, each.published, each.title, each.reason, "role-then" if at else "role-now")
        for at, each in enumerate(found)
    ]


def _ranked(rows: tuple[PersonRow, ...], drawn: dict[str, charts.Chart], key: str, everybody: bool) -> list[_Ranked]:
    """People with their discs and bars; the first bar is the longest."""
    most = max((each.articles for each in rows), default=0)
    found = []
    for each in rows if everybody else rows[:_RANKED]:
        disc, bar = f"{key}-disc-{each.id}", f"{key}-bar-{each.id}"
        drawn[disc] = charts.Disc(each.name, each.id, _SMALL)
        drawn[bar] = charts.Bar(each.articles, most, plural(each.articles, "article"), wide=84)
        found.append(_Ranked(each.id, each.name, each.articles, disc, bar))
    return found


def _against_others(rows: list[EmphasisRow], drawn: dict[str, charts.Chart]) -> list[_Telling]:
    """People whom an author names more than others do: the author's share beside that of the whole library."""
    most = max((each.share for each in rows), default=0)
    found = []
    for each in sorted(rows, key=lambda row: -row.times)[:_RANKED]:
        bar, usual = f"share-{each.id}", each.share / each.times if each.times else 0
        words = f"{100 * each.share:.0f} % – {100 * usual:.0f} %"
        drawn[bar] = charts.Bar(each.share, most, words, pale=usual, wide=120)
        found.append(_Telling(each.id, each.name, each.share, usual, bar))
    return found


def _suggestions(library: Library, person: int) -> list[tuple[int, str, str]]:
    """People whom the user may want to merge with this one: bearers of the same surname without a conflicting given name."""
    found = [
        (other if one == person else one, why) for one, other, why in merge_suggestions.suggestions_for(library, person)
    ]
    names = people.names(library, [number for number, _ in found])
    return [(number, names[number], why) for number, why in found if number in names]
