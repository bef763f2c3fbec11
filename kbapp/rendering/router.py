"""An address to its page: fetches what the page shows and hands it to the template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kbapp import __version__
from kbapp.domain import Subject
from kbapp.errors import Code, NotFound
from kbapp.i18n import translated
from kbapp.library import maintenance
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import near_duplicates, tags
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.notes import repository as notes
from kbapp.library.people import merge_suggestions
from kbapp.library.people import repository as people
from kbapp.library.people.glimpses import glimpses
from kbapp.licences import components
from kbapp.rendering.addresses import Address, Page
from kbapp.rendering.markup import body_blocks, field_pieces
from kbapp.rendering.note_pages import board_page, difference_page, note_page, notes_page
from kbapp.rendering.profile_pages import author_page, compare_page, person_page
from kbapp.rendering.templates import page_nonce, template
from kbapp.rendering.text_diff import differences

WELCOME, HELP, REPORT = Address("about", "welcome"), Address("about", "help"), Address("about", "import")
_LISTED = 500  # lines of a list of people or sources; that there are more is said


def render(library: Library, address: Address, *, with_notes: bool = True) -> Page:
    """The page at an address; without the user's private notes if it is for others. Raises NotFound for what is not there."""
    with page_nonce() as nonce:
        return replace(_page(library, address, with_notes), nonce=nonce)


def _page(library: Library, address: Address, with_notes: bool) -> Page:
    if address.kind in ("article", "person", "author"):
        of_subject = {"article": _article, "person": person_page, "author": author_page}
        return of_subject[address.kind](library, address, with_notes)
    makers = {
        "about": _about_kbapp,
        "licence": _licence,
        "versions": _versions,
        "list": _list,
        "note": note_page,
        "notediff": difference_page,
        "board": board_page,
        "compare": compare_page,
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
    return Page(address, stored.article.title, html, subject, is_starred=stored.starred)


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


def _list(library: Library, address: Address) -> Page:
    if address.ref in ("people", "authors"):
        entries = people.entries(library, address.ref, limit=_LISTED)
        whole = maintenance.totals(library)[address.ref]
        html = template("people.html").render(entries=entries, side=address.ref, whole=whole)
        return Page(address, address.ref.capitalize(), html, Subject("library"))
    if address.ref == "notes":
        return notes_page(library, address)
    if address.ref == "merges":
        suggested = merge_suggestions.suggestions(library, 30)
        seen = glimpses(library, {number for one, other, _ in suggested for number in (one, other)})
        pairs = [(seen[one], seen[other], why) for one, other, why in suggested]
        return Page(address, "Suggested merges", template("merges.html").render(pairs=pairs), Subject("library"))
    if address.ref == "sources":
        sources = tags.sources(library)
        html = template("sources.html").render(sources=sources[:_LISTED], whole=len(sources))
        return Page(address, "Sources", html, Subject("library"))
    raise NotFound(Code.NO_SUCH_PAGE, address=address)


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
    html = template("about.html").render(version=__version__, library=library.folder, components=components())
    return Page(address, "About kbapp", html, Subject("library"))


def _licence(_library: Library, address: Address) -> Page:
    """The licence texts of one part of the program, as it came with them."""
    part = next((each for each in components() if each.name == address.ref), None)
    if part is None:
        raise NotFound(Code.NO_SUCH_COMPONENT, ref=address.ref)
    return Page(address, f"Licence of {part.name}", template("licence.html").render(part=part), Subject("library"))


def help_page(keys: list[tuple[str, str]]) -> Page:
    """The cheat sheet: how to search, and the shortcuts in force."""
    return Page(HELP, translated("Help"), template("help.html").render(keys=keys), Subject("library"))
