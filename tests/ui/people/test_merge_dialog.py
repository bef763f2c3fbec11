"""Two people are merged only by somebody who has seen the evidence and chosen a name."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kbapp.library import Library
from kbapp.library.people import merge_suggestions
from kbapp.library.people import repository as people
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.people.merge_dialog import MergeDialog, PersonPicker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pair(samples: Library) -> tuple[int, int]:
    return people.find(samples, "Lucien Marchetti"), people.find(samples, "Yusuf Demir")


def _compared(parts: WindowParts, qtbot: QtBot, pair: tuple[int, int]) -> MergeDialog:
    parts.people.gather_evidence(*pair)
    qtbot.waitUntil(lambda: parts.window.findChild(MergeDialog) is not None)
    dialog = parts.window.findChild(MergeDialog)
    assert isinstance(dialog, MergeDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def _names(library: Library) -> set[str]:
    return {entry.name for entry in people.entries(library, "people")}


def test_nobody_is_chosen_and_enter_merges_nobody(
    parts: WindowParts, samples: Library, qtbot: QtBot, pair: tuple[int, int]
) -> None:
    dialog = _compared(parts, qtbot, pair)
    assert not any(choice.isChecked() for choice in dialog.choices)
    assert not dialog.merge.isEnabled()
    dialog.choices[1].click()
    assert dialog.merge.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    qtbot.wait(200)
    assert {"Lucien Marchetti", "Yusuf Demir"} <= _names(samples)


def test_the_name_that_was_chosen_stays(
    parts: WindowParts, samples: Library, qtbot: QtBot, pair: tuple[int, int]
) -> None:
    dialog = _compared(parts, qtbot, pair)
    dialog.choices[0].click()
    dialog.choices[1].click()
    assert [choice.isChecked() for choice in dialog.choices] == [False, True]
    assert "Yusuf Demir" in dialog.merge.text()
    qtbot.waitUntil(lambda: dialog.merge.width() > 160)
    qtbot.mouseClick(dialog.merge, LEFT)
    qtbot.waitUntil(lambda: "Lucien Marchetti" not in _names(samples))
    assert "Yusuf Demir" in _names(samples)
    parts.actions["edit.undo"].trigger()
    qtbot.waitUntil(lambda: {"Lucien Marchetti", "Yusuf Demir"} <= _names(samples))


def test_two_people_stay_apart_and_are_not_suggested_again(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    one, other, _ = merge_suggestions.suggestions(samples)[0]
    dialog = _compared(parts, qtbot, (one, other))
    qtbot.mouseClick(dialog.apart, LEFT)
    qtbot.waitUntil(lambda: (one, other) not in [each[:2] for each in merge_suggestions.suggestions(samples)])


def test_the_other_is_found_by_typing_and_nobody_is_preset(
    parts: WindowParts, qtbot: QtBot, pair: tuple[int, int]
) -> None:
    parts.person_menu.ask_merge(pair[0], "Lucien Marchetti")
    picker = parts.window.findChild(PersonPicker)
    assert isinstance(picker, PersonPicker)
    assert not picker.act.isEnabled()
    qtbot.keyClicks(picker.box, "demir")
    shown = [picker.list.item(at) for at in range(picker.list.count()) if not picker.list.item(at).isHidden()]
    assert [item.text() for item in shown] == ["Yusuf Demir"]
    qtbot.keyClick(picker.box, Qt.Key.Key_Return)
    assert parts.window.findChild(MergeDialog) is None
