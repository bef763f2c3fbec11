"""An address to its page: fetches what the page shows and hands it to the template."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from kbapp import __version__
from kbapp.domain import Profile, Subject
from kbapp.errors import Code, NotFound
from kbapp.i18n import language, translated
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import near_duplicates, tags
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.notes import repository as notes
from kbapp.library.people import cooccurrence, doubts, merge_suggestions
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address, Page
from kbapp.rendering.markup import body_blocks, field_pieces
from kbapp.rendering.note_pages import board_page, difference_page, note_page, notes_page
from kbapp.rendering.templates import page_nonce, template
from kbapp.rendering.text_diff import differences

WELCOME, HELP, REPORT = Address("about", "welcome"), Address("about", "help"), Address("about", "import")
_MONTHS_OF = re.compile(r"t(\d{4}-\d\d)\.\.(\d{4}-\d\d)")  # the place of a page that shows some months only
_BARS = "▁▂▃▄▅▆▇█"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def render(library: Library, address: Address, *, with_notes: bool = True) -> Page:
    """The page at an address; without the user's private notes if it is for others. Raises NotFound for what is not there."""
    with page_nonce() as nonce:
        return replace(_page(library, address, with_notes), nonce=nonce)


def _page(library: Library, address: Address, with_notes: bool) -> Page:
    if address.kind in ("article", "person", "author"):
        of_subject = {"article": _article, "person": _person, "author": _author}
        return of_subject[address.kind](library, address, with_notes)
    makers = {
        "about": _about_kbapp,
        "licence": _licence,
        "versions": _versions,
        "list": _list,
        "note": note_page,
        "notediff": difference_page,
        "board": board_page,
        "compare": _compare,
    }
    maker = makers.get(address.kind)
    if maker is None:
        raise NotFound(Code.NO_SUCH_PAGE, address=address)
    return maker(library, address)


def _article(library: Library, address: Address, with_notes: bool) -> Page:
    stored = articles.get(library, address.number)
    subject = Subject("article", stored.id)
    own = notes.about(library, subject) if with_notes else []
    blocks, lost = body_blocks(stored, own)
    html = template("article.html").render(
        stored=stored, article=stored.article, title=field_pieces(stored, "title"), subtitle=field_pieces(stored, "subtitle"), blocks=blocks,
        lost=lost, notes=own, pictures=_pictures(library, stored.id), alike=_alike(library, stored.id), versions=len(articles.versions(library, stored.id)), backlinks=notes.linking_to(library, "article", stored.id) if with_notes else [],
        people=sorted(zip(stored.people_ids, stored.article.people, strict=True), key=lambda pair: -len(pair[1].mentions)),
        authors=list(zip(stored.author_ids, stored.article.authors, strict=True)), outline=[b for b in blocks if b.kind == "heading"],
    )  # fmt: skip
    return Page(address, stored.article.title, html, subject)


def _versions(library: Library, address: Address) -> Page:
    """What changed from each version of an article to the next."""
    stored = articles.get(library, address.number)
    newer_title, newer = stored.article.title, stored.article.blocks
    shown: list[dict[str, Any]] = []
    for replaced, title, blocks in articles.versions(library, stored.id)[:20]:
        parts = differences([block.text for block in blocks], [block.text for block in newer])
        changed = [len(each) > 1 or each[0].change != "same" for each in parts]
        near = [any(changed[max(0, at - 1) : at + 2]) for at in range(len(parts))]
        shown.append({"replaced": replaced, "title": title, "next_title": newer_title, "parts": parts, "near": near})
        newer_title, newer = title, blocks
    html = template("versions.html").render(stored=stored, versions=shown)
    return Page(address, f"Versions of {stored.article.title}", html, Subject("article", stored.id))


def _pictures(library: Library, article: int) -> dict[int, list[tuple[str, str]]]:
    """(key, words) of the pictures by the number of the block that they stand before."""
    found: dict[int, list[tuple[str, str]]] = {}
    for key, words, block in articles.pictures(library, article):
        found.setdefault(block, []).append((key, words))
    return found


def _alike(library: Library, article: int) -> list[tuple[article_list.Card, int]]:
    """Near-duplicates as cards, with how many of a hundred runs of words they share."""
    found = dict(near_duplicates.find_similar(library, article))
    return [(card, round(100 * found[card.id])) for card in article_list.cards(library, list(found))]


def _person(library: Library, address: Address, with_notes: bool) -> Page:
    shown = people.PAGE
    profile = people.profile(library, address.number, limit=shown, language=language())
    total = library.db.execute("SELECT articles, mentions FROM people WHERE id = ?", (profile.id,)).fetchone()
    if not total["mentions"] and profile.wrote:  # nobody writes about him: what he wrote is all there is
        return _author(library, Address("author", str(profile.id)), with_notes)
    if months := _MONTHS_OF.fullmatch(address.place):
        profile = replace(
            profile, mentioned_in=cooccurrence.mentions_between(library, profile.id, months[1], months[2], 500)
        )
    doubt = doubts.may_be_two(library, profile.id)
    html = template("person.html").render(
        months=months, portrait=cooccurrence.portrait(library, profile.id), profile=profile, articles=total[0], mentions=total[1], timeline=_timeline(profile), shown=shown,
        notes=[notes.get(library, number) for number in profile.notes[:20]] if with_notes else [], backlinks=notes.linking_to(library, "person", profile.id) if with_notes else [],
        suggestions=_suggestions(library, profile.id), doubt=doubt, titles=_titles(library, doubt),
    )  # fmt: skip
    counts = tuple((each["month"], each["articles"]) for each in profile.timeline)
    return Page(address, profile.name, html, Subject("person", profile.id), counts)


def _author(library: Library, address: Address, with_notes: bool) -> Page:
    profile = people.profile(library, address.number, limit=200)
    by_year: dict[str, list[dict[str, Any]]] = {}
    for each in profile.wrote:
        by_year.setdefault((each["published"] or "No date")[:4] if each["published"] else "No date", []).append(each)
    outlets = library.db.execute(
        "SELECT a.source, count(*) AS n FROM authorships s JOIN articles a ON a.id = s.article WHERE s.person = ? AND a.source IS NOT NULL "
        "GROUP BY a.source ORDER BY n DESC LIMIT 12",
        (profile.id,),
    ).fetchall()
    authored, articles_about = library.db.execute(
        "SELECT authored, articles FROM people WHERE id = ?", (profile.id,)
    ).fetchone()
    html = template("author.html").render(
        portrait=cooccurrence.portrait(library, profile.id), emphasis=cooccurrence.distinctive_people(library, profile.id),
        subjects=cooccurrence.subjects(library, profile.id), profile=profile, by_year=by_year, outlets=[(row[0], row[1]) for row in outlets], authored=authored, articles_about=articles_about,
        notes=[notes.get(library, number) for number in profile.notes[:20]] if with_notes else [], backlinks=notes.linking_to(library, "author", profile.id) if with_notes else [],
    )  # fmt: skip
    return Page(address, profile.name, html, Subject("author", profile.id))


def _compare(library: Library, address: Address) -> Page:
    """Two people, as subjects and as authors, side by side, and the passages that name both."""
    one, _, other = address.ref.partition(",")
    a, b = (people.profile(library, ref, limit=1) for ref in (one, other))
    figures = [library.db.execute("SELECT articles, mentions, authored FROM people WHERE id = ?", (each.id,)).fetchone() for each in (a, b)]  # fmt: skip
    html = template("compare.html").render(
        pair=list(zip((a, b), figures, (_timeline(a), _timeline(b)), strict=True)), a=a, b=b,
        shared=cooccurrence.shared_articles(library, a.id, b.id), count=cooccurrence.shared_count(library, a.id, b.id),
        common=[each for each in a.often_with if each["id"] in {other["id"] for other in b.often_with}],
    )  # fmt: skip
    return Page(address, f"{a.name} and {b.name}", html, Subject("library"))


def _list(library: Library, address: Address) -> Page:
    if address.ref in ("people", "authors"):
        entries = people.entries(library, address.ref, limit=500)
        html = template("people.html").render(entries=entries, side=address.ref)
        return Page(address, address.ref.capitalize(), html, Subject("library"))
    if address.ref == "notes":
        return notes_page(library, address)
    if address.ref == "merges":
        pairs = [
            (people.profile(library, one, limit=3), people.profile(library, other, limit=3), why)
            for one, other, why in merge_suggestions.suggestions(library, 30)
        ]
        return Page(address, "Suggested merges", template("merges.html").render(pairs=pairs), Subject("library"))
    if address.ref == "sources":
        html = template("sources.html").render(sources=tags.sources(library)[:500])
        return Page(address, "Sources", html, Subject("library"))
    raise NotFound(Code.NO_SUCH_PAGE, address=address)


def _titles(library: Library, doubt: doubts.Doubt | None) -> dict[int, str]:
    """The titles of the articles that speak for two people."""
    ids = [*doubt.one.articles, *doubt.other.articles] if doubt else []
    marks = ",".join("?" * len(ids))
    return dict(library.db.execute(f"SELECT id, title FROM articles WHERE id IN ({marks})", ids).fetchall())


def _suggestions(library: Library, person: int) -> list[tuple[int, str, str]]:
    """People whom the user may want to merge with this one: bearers of the same surname without a conflicting given name."""
    found = [
        (other if one == person else one, why) for one, other, why in merge_suggestions.suggestions_for(library, person)
    ]
    names = people.names(library, [number for number, _ in found])
    return [(number, names[number], why) for number, why in found if number in names]


def _timeline(profile: Profile) -> list[dict[str, Any]]:
    """Years with twelve bars each, for the months in which articles mention the person."""
    counts = {each["month"]: each["articles"] for each in profile.timeline}
    if not counts:
        return []
    highest = max(counts.values())
    years = range(int(min(counts)[:4]), int(max(counts)[:4]) + 1)
    if len(years) > 40:
        years = range(years[-1] - 39, years[-1] + 1)
    rows = []
    for year in years:
        months = []
        for month, name in enumerate(_MONTHS, 1):
            number = counts.get(f"{year}-{month:02d}", 0)
            bar = _BARS[min(7, (number * 8 - 1) // highest)] if number else "·"
            months.append(
                {
                    "name": f"{name} {year}",
                    "count": number,
                    "bar": bar,
                    "query": quote(f"date:{year}-{month:02d}", safe=""),
                }
            )
        if any(each["count"] for each in months):
            rows.append({"year": year, "months": months})
    return rows


def report(outcomes: list[Any], trouble: str = "") -> Page:
    """What became of an import."""
    html = template("report.html").render(outcomes=outcomes, trouble=trouble)
    return Page(REPORT, translated("Import report"), html, Subject("library"))


def welcome() -> Page:
    """The page of an empty library."""
    with page_nonce() as nonce:
        html = template("welcome.html").render()
    return Page(WELCOME, "kbapp", html, Subject("library"), nonce=nonce)


def _about_kbapp(library: Library, address: Address) -> Page:
    """The program's version and what it is made of. Raises NotFound for other pages about the program, which the window makes."""
    if address.ref != "kbapp":
        raise NotFound(Code.NO_SUCH_PAGE, address=address)
    from kbapp.licences import components

    html = template("about.html").render(version=__version__, library=library.folder, components=components())
    return Page(address, "About kbapp", html, Subject("library"))


def _licence(_library: Library, address: Address) -> Page:
    """The licence texts of one part of the program, as it came with them."""
    from kbapp.licences import components

    part = next((each for each in components() if each.name == address.ref), None)
    if part is None:
        raise NotFound(Code.NO_SUCH_COMPONENT, ref=address.ref)
    return Page(address, f"Licence of {part.name}", template("licence.html").render(part=part), Subject("library"))


def help_page(keys: list[tuple[str, str]]) -> Page:
    """The cheat sheet: how to search, and the shortcuts in force."""
    return Page(HELP, translated("Help"), template("help.html").render(keys=keys), Subject("library"))
