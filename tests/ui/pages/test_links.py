"""``kb:`` links only lead to pages; what acts is a link on a page of our own, and nothing else can send one."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library import Library
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Action, action_link, parse, parse_action
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.window_manager import WindowManager
from tests.ui.hands import click, open_page, shown


def test_an_action_is_taken_only_with_the_nonce_of_its_page() -> None:
    link = action_link("n0nce", "restore", 7, "2026-01-02T03:04:05/+x")
    assert parse_action(link, "n0nce") == Action("restore", ("7", "2026-01-02T03:04:05/+x"))
    assert parse_action(link, "other") is None and parse_action(link.replace("n0nce", ""), "") is None
    assert Action("merge", ("3", "4")).numbers(2) == (3, 4)
    assert Action("merge", ("3", "x")).numbers(2) is None and Action("merge", ("3",)).numbers(2) is None


def test_links_of_the_world_act_on_nothing(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    one, other = people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")
    for link in (f"kb:more/merge,{one},{other}", f"action:/merge/{one}/{other}", f"action:guess/merge/{one}/{other}", "kb:original/1"):  # fmt: skip
        assert parse(link) is None
        parts.pages.follow(link)
    qtbot.wait(300)
    assert people.find(samples, "Nwosu") == one


def test_a_link_in_a_note_cannot_act(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    one, other = people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")
    with samples.transaction() as db:
        number = notes.add(db, f"[tempting](action:x/merge/{one}/{other})", Subject("library"))
    parts.pages.follow(f"kb:note/{number}")
    qtbot.waitUntil(lambda: "tempting" in parts.tabs.view.toPlainText())
    with qtbot.assertNotEmitted(parts.pages.action_requested, wait=200):
        click(parts, "tempting")


def test_what_a_second_start_hands_over_only_leads_to_pages(
    samples: Library, open_manager: Callable[..., WindowManager], qtbot: QtBot
) -> None:
    manager = open_manager(samples.folder)
    with qtbot.waitSignal(manager.ready):
        manager.open_window()
    one, other = people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")
    manager.open_arguments([f"kb:more/merge,{one},{other}", f"kb:person/{other}"])
    qtbot.waitUntil(lambda: shown(manager.last) == "Adaeze Nwosu")
    assert people.find(samples, "Nwosu") == one


def test_the_same_page_is_not_opened_twice(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    brandt = people.find(samples, "Karl-Heinz Brandt")
    open_page(parts, qtbot, "person", brandt, "Karl-Heinz Brandt")
    parts.actions["help.keys"].trigger()
    qtbot.waitUntil(lambda: shown(parts) == "Help")
    assert parts.tabs.count() == 2
    parts.pages.follow(f"kb:person/{brandt}", new_tab=True)
    assert parts.tabs.count() == 2 and shown(parts) == "Karl-Heinz Brandt"
    parts.actions["help.keys"].trigger()
    assert parts.tabs.count() == 2 and shown(parts) == "Help"
