"""Out to a folder and back into another library: nothing is lost, whatever Markdown would make of the texts."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbapp.domain import Anchor, Article, Author, Block, Mention, Note, Person, Span, Subject
from kbapp.errors import Code
from kbapp.export.json_objects import note_object, profile_object, stored_article_object
from kbapp.export.library_folder import export_library
from kbapp.export.markdown import article_markdown
from kbapp.importing.export_manifest import MANIFEST
from kbapp.importing.pipeline import run
from kbapp.importing.results import ImportResult
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library, maintenance, saved_searches
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.commands import Commands
from kbapp.library.notes import attachments, boards, locking
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import make_anchor
from kbapp.library.people import profiles
from kbapp.library.people import repository as people
from kbapp.reading.reader import read
from tests.conftest import HARBOUR

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def everything(library: Library) -> dict[str, Any]:
    """All that a library shows, object by object."""
    ids = [*article_list.ids(library, "oldest"), *article_list.ids(library, "oldest", "trash")]
    persons = {each.id for side in ("people", "authors") for each in people.entries(library, side)}
    found_notes: list[Note] = [*notes.listed(library), *notes.listed(library, trash=True)]
    return {
        "articles": [
            stored_article_object(each) | {"deleted": each.deleted} for each in articles.gathered(library, ids)
        ],
        "versions": {number: articles.versions(library, number) for number in ids},
        "pictures": {number: articles.pictures(library, number) for number in ids},
        "people": [people.entries(library, side) for side in ("people", "authors")],
        "profiles": [profile_object(profiles.profile(library, number)) for number in sorted(persons)],
        "notes": [note_object(each) for each in found_notes],
        "note versions": {each.id: note_versions.versions(library, each.id) for each in found_notes},
        "boards": [boards.get(library, number) for number, *_ in boards.listed(library)],
        "searches": saved_searches.saved(library),
    }


def there_and_back(library: Library, folder: Path) -> tuple[Library, list[ImportResult]]:
    list(export_library(library, folder / "out", with_notes=True))
    other = Library(folder / "other")
    return other, list(run(other, [folder / "out"]))


@pytest.fixture
def lived_in(samples: Library) -> Library:
    """The samples with every kind of correction, edit, mark and note."""
    do = Commands(samples, "test")
    some = [each.id for each in people.entries(samples, "people")]
    do.merge(some[0], some[1])
    do.rename(some[2], "Renamed By Me")
    do.add_alias(some[3], "The Old One")
    do.not_a_person(some[4])
    do.refuse_merge(some[5], some[6])
    shared = next(each for each in some[7:] if len(profiles.profile(samples, each).mentioned_in) > 1)
    do.split(shared, [profiles.profile(samples, shared).mentioned_in[0].id], "Somebody Else")
    do.edit_article(
        2,
        {
            "title": "Edited — by `me` [[a|b]]",
            "authors": ["Anna Marsh", "Bo Lind"],
            "published": "2010",
            "subtitle": "",
        },
    )
    do.add_tag([3, 5], "a/b: c, d")
    do.set_starred([4], True)
    do.set_read([4, 5], True)
    do.trash([6])
    text = articles.get(samples, 4).article.text
    anchored = do.add_note(
        f"anchored #x [p](kb:person/{some[1]})", Subject("article", 4), make_anchor(text, 100, 160), "green"
    )
    assert anchored is not None and anchored.subject is not None
    do.edit_note(anchored.subject, "second version #y ![pic](kb:image/1)\n\n  - nested\n    - list", None)
    odd = [
        "---\ntitle: looks like front matter\n---\nbody",
        "  indented\n\n\n# heading\n\n    code  \ntrailing  ",
        "\n\nleading",
        "",
    ]
    for each in odd:
        do.add_note(each, Subject("library"))
    gone = do.add_note("about a person", Subject("person", some[1]))
    assert gone is not None and gone.subject is not None
    do.delete_note(gone.subject)
    with samples.transaction() as db:
        attachments.add(db, anchored.subject, PNG)
        board = boards.create(db, "A # board")
        boards.arrange(db, board, [(None, "First | part"), (anchored.subject, "")])
    do.save_search("Ports", "harbour OR ferry")
    return samples


def test_an_empty_library_becomes_the_same_library(lived_in: Library, tmp_path: Path):
    other, results = there_and_back(lived_in, tmp_path)
    assert {each.status for each in results} == {"imported"} and not [each for each in results if each.warnings]
    before, after = everything(lived_in), everything(other)
    for kind in before:
        assert after[kind] == before[kind], kind
    assert attachments.get(other, 1) == ("image/png", PNG)
    assert maintenance.check(other) == []
    # A library made of the export exports to the very same files.
    assert list(export_library(other, tmp_path / "out", with_notes=True)) == []
    other.close()


def test_corrections_go_on_working_after_the_way_back(lived_in: Library, tmp_path: Path, pool: WorkerPool):
    other, _ = there_and_back(lived_in, tmp_path)
    (tmp_path / "new.txt").write_text(
        "A Day at the Port\n\nBy Uma Rao\n\nThe Old One spoke on Monday, said Renamed By Me.\n"
    )
    for library in (lived_in, other):
        list(run(library, [tmp_path / "new.txt"], pool=pool))
    assert everything(other)["people"] == everything(lived_in)["people"]
    Commands(other, "test").reset_article(2, ["title", "authors"])
    assert "Edited" not in articles.get(other, 2).article.title
    other.close()


def test_the_same_export_again_changes_nothing(lived_in: Library, tmp_path: Path):
    other, _ = there_and_back(lived_in, tmp_path)
    before = everything(other)
    again = list(run(other, [tmp_path / "out"]))
    assert {each.status for each in again} == {"duplicate"}
    assert everything(other) == before
    other.close()


def test_an_export_comes_into_a_library_that_is_not_empty(lived_in: Library, tmp_path: Path, pool: WorkerPool):
    list(export_library(lived_in, tmp_path / "out"))
    with Library_at(tmp_path / "mixed") as mixed:
        (tmp_path / "own.txt").write_text(HARBOUR)
        list(run(mixed, [tmp_path / "own.txt"], pool=pool))
        results = list(run(mixed, [tmp_path / "out"]))
        assert {each.status for each in results} == {"imported"}
        assert all(each.warnings[-1].code is Code.EXPORT_MERGED for each in results)
        texts = {articles.get(lived_in, number).article.blocks for number in article_list.ids(lived_in)}
        assert texts <= {articles.get(mixed, number).article.blocks for number in article_list.ids(mixed)}


class Library_at:
    """A library for a block of code."""

    def __init__(self, folder: Path) -> None:
        self._library = Library(folder)

    def __enter__(self) -> Library:
        return self._library

    def __exit__(self, *_: object) -> None:
        self._library.close()


def test_what_somebody_edited_in_the_pages_wins(lived_in: Library, tmp_path: Path):
    out = tmp_path / "out"
    list(export_library(lived_in, out, with_notes=True))
    page = next(path for path in (out / "articles").glob("*.md") if "kbapp_id: 3\n" in path.read_text("utf-8"))
    text = page.read_text("utf-8")
    page.write_text(text.replace("title: ", "title: Improved ", 1), "utf-8")
    note = out / "notes" / "note-1.md"
    note.write_text(note.read_text("utf-8").replace("second version", "third version"), "utf-8")
    other = Library(tmp_path / "other")
    assert {each.status for each in run(other, [out])} == {"imported"}
    stored = articles.get(other, 3)
    assert stored.article.title == f"Improved {articles.get(lived_in, 3).article.title}"
    assert (
        stored.article.provenance["title"] == "user"
        and stored.article.blocks == articles.get(lived_in, 3).article.blocks
    )
    changed = notes.get(other, 1)
    assert (
        changed.text.startswith("third version #y ![pic](kb:image/1)") and changed.quote == notes.get(lived_in, 1).quote
    )
    other.close()


def test_links_to_people_lead_to_the_same_people_after_an_edit(lived_in: Library, tmp_path: Path):
    person = people.entries(lived_in, "people")[0]
    with lived_in.transaction() as db:
        number = notes.add(db, f"see [x](kb:person/{person.id})", Subject("library"))
    list(export_library(lived_in, tmp_path / "out", with_notes=True))
    file = tmp_path / "out" / "notes" / f"note-{number}.md"
    assert "](../people/" in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace("see", "look at"), "utf-8")
    other = Library(tmp_path / "other")
    list(run(other, [tmp_path / "out"]))
    assert notes.get(other, number).text == f"look at [x](kb:person/{person.id})"
    other.close()


def test_notes_come_back_into_a_library_whose_notes_are_encrypted(lived_in: Library, tmp_path: Path):
    list(export_library(lived_in, tmp_path / "out", with_notes=True))
    other = Library(tmp_path / "other")
    locking.protect(other, "correct horse")
    list(run(other, [tmp_path / "out"]))
    assert [note_object(each) for each in notes.listed(other)] == [note_object(each) for each in notes.listed(lived_in)]
    assert b"second version" not in (tmp_path / "other" / "library.db").read_bytes()
    other.close()


def rewritten(out: Path, path: str, change: Any) -> None:
    """Changes the rows of a file of data, and the list of files with it, as a stranger would."""
    lines = [json.loads(line) for line in (out / path).read_text("utf-8").splitlines()]
    for line in lines:
        change(line)
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    (out / path).write_bytes(data)
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    manifest["files"][path] = hashlib.sha256(data).hexdigest()
    (out / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "values",
    [
        {"original": "../../../../etc/passwd"}, {"id": "1; DROP TABLE articles"}, {"blocks": "no"}, {"blocks": [["script", "x", None]]},
        {"blocks": [["paragraph", "x", None, [[0, 99, "link", "kb:x"]]]]}, {"recognised_json": [{"name": 5}]},
        {"byline_json": [[1, 2]]}, {"title": None}, {"id": 1 << 70}, {"more": 1}, {"provenance": []}, {"warnings": [1]},
    ],
)  # fmt: skip
def test_a_row_that_no_export_holds_is_refused_with_everything(
    samples: Library, tmp_path: Path, values: dict[str, Any]
):
    list(export_library(samples, tmp_path / "out"))

    def change(line: dict[str, Any]) -> None:
        if line["table"] == "articles":
            line.update(values)

    rewritten(tmp_path / "out", "data/articles-0.jsonl", change)
    with Library_at(tmp_path / "other") as other:
        (result,) = run(other, [tmp_path / "out"])
        assert result.error is not None and result.error.code is Code.EXPORT_ROW_DAMAGED
        assert article_list.ids(other) == [] and people.entries(other, "people") == []


def test_data_that_are_not_as_they_were_written_are_refused(samples: Library, tmp_path: Path):
    list(export_library(samples, tmp_path / "out"))
    file = tmp_path / "out" / "data" / "people.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    with Library_at(tmp_path / "other") as other:
        (result,) = run(other, [tmp_path / "out"])
        assert result.error is not None and result.error.code is Code.EXPORT_FILE_CHANGED


def test_an_export_that_was_interrupted_is_said_to_be(samples: Library, tmp_path: Path):
    going = export_library(samples, tmp_path / "out")
    for _ in range(25):
        next(going)
    going.close()
    with Library_at(tmp_path / "other") as other:
        (result,) = run(other, [tmp_path / "out"])
        assert result.error is not None and result.error.code is Code.EXPORT_UNFINISHED


def test_of_an_export_inside_another_folder_only_articles_are_read(samples: Library, tmp_path: Path, pool: WorkerPool):
    list(export_library(samples, tmp_path / "in" / "out"))
    with Library_at(tmp_path / "other") as other:
        results = list(run(other, [tmp_path / "in"], pool=pool))
        assert len(results) == len(article_list.ids(samples)) and {each.status for each in results} == {"imported"}


words = st.text(
    st.one_of(st.sampled_from(list("~-#[]|&;<>*_`!\\+=().:/@^'\"1a AZé\n\t\u202e 漢🚢")), st.characters(exclude_categories=["Cs"])),
    max_size=60,
)  # fmt: skip
marked = st.one_of(
    words,
    st.sampled_from(
        [
            "~~~", "---", "C #", "[[a|b]]", "AT&amp;T", "one\ntwo", "first\n\nsecond", "- a\n  - b", "1. x\n2) y", "[x]: http://y", "<!-- kbapp: links -->",
            "a | b\n--- | ---", "===", "\\", "***", "``` x", "    code", "&#35;", "<div>", "![x](y)", "line  \nbreak", "\ufeff", "\x00", "…",
        ]
    ),
)  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(["paragraph", "heading", "list_item", "quote", "code", "caption", "table"]))
    text = draw(marked)
    spans = ()
    if len(text) > 1 and draw(st.booleans()):
        spans = (Span(0, len(text) // 2, draw(st.sampled_from(["link", "emphasis", "strong", "code"])), draw(words)),)
    return Block(kind, text, draw(st.integers(1, 6)) if kind == "heading" else None, spans)


@st.composite
def made(draw: st.DrawFn) -> Article:
    title = draw(marked) or "untitled"
    authors = tuple(Author(name, draw(st.none() | marked)) for name in draw(st.lists(marked, max_size=3)))
    body = tuple(draw(st.lists(blocks(), max_size=6)))
    person = Person("Al " + draw(words), draw(st.none() | marked), (Mention(0, len(title), title, "title"),))
    return Article(
        title, body, draw(st.none() | marked), authors, draw(st.sampled_from([None, "2010", "2010-10", "2010-10-18T14:05:00+02:00"])),
        draw(st.none() | marked), draw(st.none() | words), draw(st.sampled_from([None, "en", "de"])), people=(person,),
        tags=tuple({each.casefold(): each for each in draw(st.lists(marked, max_size=2))}.values()),
        is_read=draw(st.booleans()), starred=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(made(), min_size=1, max_size=3), st.lists(st.tuples(marked, st.none() | marked), max_size=3))
def test_texts_that_markdown_would_bend_come_back_to_the_letter(
    found: list[Article], texts: list[tuple[str, str | None]]
):
    with tempfile.TemporaryDirectory() as name, Library_at(Path(name) / "library") as library:
        with library.transaction() as db:
            key = library.keep_original(b"x", "x.txt")
            for part, article in enumerate(found):
                articles.add(db, article, key, part, "x\n.txt")
            for text, quote in texts:
                notes.add(db, text, Subject("article", 1), Anchor(quote) if quote is not None else None)
        other, results = there_and_back(library, Path(name))
        try:
            assert not [str(each.error) for each in results if each.error]
            before, after = everything(library), everything(other)
            assert after == before
        finally:
            other.close()


PLAIN = [
    "~~~ not code", "---", "C #", "A lesson in C #", "[[Main Page|home]]", "AT&amp;T", "one\ntwo\nthree", "- not a list", "1. not one", "+ x", "# no heading",
    "> no quote", "a | b\n--- | ---", "===", "x\n===", "*** y", "\\ back\\slash\\", "<b>bold</b> <http://x.org>", "![no](picture)", "[x]: http://y", "_a_ *b* `c`",
    "~~struck~~", "&#35; &copy;", "2) two", "| cell |", "5 < 6 > 4", "a\\\nb", "<!-- kbapp: links -->", "http://x.org/a_b_c", "-", "#", "--\n--",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["paragraph", "list_item", "quote", "heading"])
@pytest.mark.parametrize("text", PLAIN)
def test_a_page_alone_is_read_with_the_same_words(kind: Any, text: str):
    if kind == "heading":
        text = text.replace("\n", " ")
    article = Article(
        "T",
        (
            Block("paragraph", "before"),
            Block(kind, text, 2 if kind == "heading" else None),
            Block("paragraph", "after"),
        ),
    )
    again = read(article_markdown(article).encode(), "a.md")[0]
    assert [(block.kind, block.text) for block in again.blocks] == [
        (block.kind, block.text) for block in article.blocks
    ]


def test_fields_of_a_page_alone_are_read_as_they_were():
    article = Article(
        "By Anna Marsh", (Block("paragraph", "By Anna Marsh"), Block("paragraph", "Anna Marsh is a reporter.")), None, (Author("Dr. Ö", "A: bio"),),
        "2010", "The: Post", "https://x.org/a?b=c#d", "de", tags=("a, b", "#c"), is_read=True, starred=True, saved="2011-02-03",
    )  # fmt: skip
    again = read(article_markdown(article, original="../originals/a.txt").encode(), "a.md")[0]
    for field in (
        "title",
        "subtitle",
        "authors",
        "published",
        "source",
        "url",
        "language",
        "text",
        "is_read",
        "starred",
        "saved",
    ):
        assert getattr(again, field) == getattr(article, field), field
