"""Which article is which: by bytes, text, address, likeness and dates."""

from __future__ import annotations

import pytest

from kbapp.domain import Article, Block
from kbapp.errors import Code
from kbapp.library import Library, maintenance
from kbapp.library.articles import listing
from kbapp.library.articles import repository as articles
from kbapp.library.articles.identity import Copy, Verdict, decide
from kbapp.reading.stubs import is_stub
from kbapp.text.address_keys import address_key

MILL = (
    "The old mill on the river Teme was sold to its miller on Friday. She has ground rye there for eleven years, and the "
    "council had feared that the building would become flats. The wheel turns again in spring, when the weir is mended."
)
LONGER = (
    MILL
    + " Neighbours brought a cake in the shape of the wheel. The bank had asked for three guarantors and was given nine."
)
BRIDGE = (
    "Workers closed the bridge at Knighton for a month to change its bearings. Buses go round by the quarry, and school "
    "begins a quarter of an hour later until the lorries have left the valley road to everybody else."
)
WALL = (
    "The old mill on the river Teme was sold to its miller on Friday. To continue reading, please subscribe or log in."
)


def copy(text: str, title: str = "Mill sold to its miller", published: str | None = None, **more: str) -> Copy:
    return Copy(title, text, f"{title} {text}", published=published, **more)


TABLE = {
    "the same text": (copy(MILL), copy(MILL), Verdict.DUPLICATE),
    "a correction of a word": (copy(MILL.replace("Friday", "Thursday")), copy(MILL), Verdict.NEW_VERSION),
    "a new headline over the same text": (copy(MILL, "Teme mill stays a mill"), copy(MILL), Verdict.NEW_VERSION),
    "a longer text": (copy(LONGER), copy(MILL), Verdict.NEW_VERSION),
    "its beginning alone": (copy(MILL[:90]), copy(LONGER), Verdict.OLDER_VERSION),
    "the whole after its beginning": (copy(LONGER), copy(MILL[:90]), Verdict.NEW_VERSION),
    "an earlier date": (copy(MILL.replace("spring", "March"), published="2020-01-01"), copy(MILL, published="2020-01-02"), Verdict.OLDER_VERSION),
    "a later time": (
        copy(MILL.replace("spring", "March"), published="2020-01-02T12:00:00Z"), copy(MILL, published="2020-01-02T09:00:00Z"), Verdict.NEW_VERSION,
    ),
    "a less precise date of the same month": (
        copy(MILL.replace("spring", "March"), published="2020-01"), copy(MILL, published="2020-01-02"), Verdict.NEW_VERSION,
    ),
    "stored earlier by another program": (
        copy(MILL.replace("spring", "March"), saved="2020-01-01T00:00:00Z"), copy(MILL, saved="2020-03-01T00:00:00Z"), Verdict.OLDER_VERSION,
    ),
    "another article": (copy(BRIDGE, "Bridge closed for a month"), copy(MILL), Verdict.DIFFERENT),
    "another article under the same heading on another day": (
        copy(BRIDGE, "The week in Wales", "2020-02-08"), copy(MILL, "The week in Wales", "2020-02-01"), Verdict.DIFFERENT,
    ),
    "written again under the same heading on the same day": (
        copy(BRIDGE, "The week in Wales", "2020-02-01"), copy(MILL, "The week in Wales", "2020-02-01T08:00:00Z"), Verdict.NEW_VERSION,
    ),
    "a wall in the place of the text": (copy(WALL), copy(MILL), Verdict.OLDER_VERSION),
    "the text after a wall": (copy(MILL), copy(WALL), Verdict.NEW_VERSION),
    "a page that is gone": (copy("Sorry, it has moved.", "Page not found"), copy(MILL), Verdict.OLDER_VERSION),
    "a bookmark": (copy("", format="link"), copy(MILL), Verdict.DUPLICATE),
    "the page after its bookmark": (copy(MILL), copy("", format="link"), Verdict.NEW_VERSION),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_what_a_copy_is(name: str) -> None:
    incoming, present, verdict = TABLE[name]
    assert decide(incoming, present) is verdict


def test_an_earlier_version_is_known_again() -> None:
    old = copy(MILL.replace("Friday", "Thursday"))
    assert decide(old, copy(MILL), frozenset([old.fingerprint])) is Verdict.DUPLICATE


@pytest.mark.parametrize(
    "other",
    [
        "http://teme.example/2020/mill", "https://www.teme.example/2020/mill/", "https://m.teme.example/2020/mill?fbclid=x9",
        "https://amp.teme.example/2020/mill", "https://teme.example/2020/mill/amp/", "https://teme.example/amp/2020/mill",
        "https://TEME.example:443/2020/mill#reply-3", "https://teme.example/2020//mill?utm_campaign=a&utm_medium=b",
        "https://teme.example/2020/mill?gclid=1&ref=home", "https://www.google.co.uk/amp/s/teme.example/2020/mill",
        "https://teme-example.cdn.ampproject.org/c/s/teme.example/2020/mill", "https://teme.example/2020/mill/index.html",
        "https://teme.example/2020/%6Dill",
    ],
)  # fmt: skip
def test_one_page_has_one_key_however_it_is_written(other: str) -> None:
    assert address_key(other) == address_key("https://teme.example/2020/mill") == "teme.example/2020/mill"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://teme.example/story?id=1", "https://teme.example/story?id=2"),
        ("https://teme.example/mill", "https://teme.example/Mill/2"),
        ("https://news.teme.example/mill", "https://teme.example/mill"),
        ("https://teme.example/app#!/mill", "https://teme.example/app#!/bridge"),
        ("https://m.example/mill", "https://amp.example/mill"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_parameters_have_no_order() -> None:
    assert address_key("https://teme.example/s?b=2&a=1&utm_id=3") == address_key("https://teme.example/s?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    ["https://teme.example", "http://www.teme.example/", "https://teme.example/index.php", "https://teme.example/cy/?utm_source=x",
     "https://teme.example/home", "ftp://teme.example/mill", "about:blank", "", None, "https://[broken", "https://teme.example:port/mill",
     "file:///mill.html", "https://teme.example/" + "a" * 9_000],
)  # fmt: skip
def test_what_is_no_articles_address_has_no_key(url: str | None) -> None:
    assert address_key(url) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Mill sold", "Nur für Abonnenten. Jetzt weiterlesen."),
        ("Le moulin", "Le moulin a été vendu. Cet article est réservé aux abonnés."),
        ("404", "Nothing here."),
        ("Мельница", "Страница не найдена. Вернитесь на главную."),
        ("Teme Times", "We value your privacy. We and our 812 partners store cookies."),
        ("Just a moment...", "Verifying you are human. This may take a few seconds."),
        ("水车", "登录后继续阅读"),
    ],
)
def test_pages_in_the_place_of_an_article_are_told(title: str, text: str) -> None:
    assert is_stub(title, text)


def test_articles_about_walls_and_lost_pages_are_none() -> None:
    assert not is_stub("Mill sold", MILL)
    assert not is_stub("Papers ask readers to subscribe", "Subscribe to continue reading, they say. " + LONGER * 8)


# --- in the library ---------------------------------------------------------------------------------------------------
def page(
    text: str, title: str = "Mill sold to its miller", url: str = "https://teme.example/2020/mill", **more: object
) -> Article:
    return Article(title, (Block("paragraph", text),), url=url, format="html", **more)  # type: ignore[arg-type]


def put(library: Library, *copies: Article) -> list[articles.Added]:
    with library.transaction() as db:
        found = []
        for each in copies:
            number = db.execute(
                "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM article_versions)"
            ).fetchone()[0]
            found.append(
                articles.add(db, each, f"{hash((each.title, each.text)) & 0xFFFFFFFF:064x}", 0, f"{number}.html")
            )
        return found


def test_many_versions_in_one_import_are_all_kept(library: Library) -> None:
    editions = [page(MILL.replace("eleven", f"{number}")) for number in range(12)]
    assert [added.status for added in put(library, *editions)] == ["imported", *["updated"] * 11]
    assert articles.get(library, 1).article.text == editions[-1].text
    kept = [blocks[0].text for _, _, blocks in articles.versions(library, 1)]
    assert kept == [edition.text for edition in reversed(editions[:-1])]
    assert not [line for line in maintenance.check(library) if "ORIGINAL" not in line.notice.code.name]


def test_copies_that_come_again_and_again_change_nothing(library: Library) -> None:
    first, second = page(MILL), page(MILL.replace("Friday", "Thursday"))
    assert [added.status for added in put(library, first, second, first, second, first)] == [
        "imported",
        "updated",
        *["duplicate"] * 3,
    ]
    assert articles.get(library, 1).article.text == second.text and len(articles.versions(library, 1)) == 1


def test_a_stub_replaces_nothing_and_says_that_it_is_one(library: Library) -> None:
    first, stub = put(library, page(MILL), page(WALL))
    assert (stub.id, [told.code for told in stub.notices]) == (first.id, [Code.STUB_KEPT_AS_VERSION])
    assert stub.status == "duplicate" and articles.get(library, first.id).article.text == MILL
    (alone,) = put(library, page("Page not found.", "404", "https://teme.example/2020/other"))
    assert [told.code for told in articles.get(library, alone.id).article.warnings] == [Code.ARTICLE_IS_STUB]


def test_two_articles_under_one_false_address_stay_two(library: Library) -> None:
    for url in ("https://teme.example/", "https://teme.example/news"):
        added = put(library, page(MILL + url, url=url), page(BRIDGE + url, "Bridge closed", url))
        assert [each.status for each in added] == ["imported", "imported"] and added[0].id != added[1].id
    (again,) = put(
        library, page(MILL.replace("Friday", "Sunday") + "https://teme.example/news", url="https://teme.example/news")
    )
    assert again.status == "updated" and articles.get(library, again.id).article.title == "Mill sold to its miller"


def test_a_new_text_of_a_trashed_article_brings_it_back_and_up_to_date(library: Library) -> None:
    put(library, page(MILL))
    with library.transaction() as db:
        articles.trash(db, [1])
    (again,) = put(library, page(LONGER))
    assert (again.id, again.status) == (1, "updated") and listing.ids(library) == [1]
    assert articles.get(library, 1).article.text == LONGER


def test_a_duplicate_brings_its_tags_and_star(library: Library) -> None:
    put(library, page(MILL))
    (again,) = put(library, page(MILL, tags=("rye",), starred=True))
    stored = articles.get(library, 1)
    assert again.status == "duplicate" and stored.article.tags == ("rye",) and stored.starred and not stored.is_read


def test_looking_for_copies_reads_no_table_from_end_to_end(library: Library) -> None:
    plans: list[str] = []
    put(library, page(MILL))
    library.db.set_trace_callback(
        lambda sql: plans.append(sql) if "fingerprint =" in sql or "url_key =" in sql else None
    )
    put(library, page(BRIDGE, "Bridge closed"))
    library.db.set_trace_callback(None)
    asked = [sql for sql in plans if sql.startswith("SELECT")]
    assert len(asked) == 2
    for sql in asked:
        plan = " | ".join(row[3] for row in library.db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "SCAN" not in plan, plan
