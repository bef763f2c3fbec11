"""The actions of a window: one table that the menu bar, the palette and context menus show.

A feature declares its actions as a list of ``ActionSpec`` (``actions()`` of its commands); ``composition.py`` adds them to
the window's ``Actions``, ``menu_bar.py`` says in which menu each stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

Shortcut = str | QKeySequence.StandardKey | None


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action.

    Attributes:
        id: Its name in menus and tests, ``feature.verb``.
        text: What the user reads, translated; ``&`` before the letter that is underlined.
        run: What it does.
        shortcut: Its keys, such as "Ctrl+K", or a standard key.
        offered: Whether it can be used now; asked when a menu opens. None: always.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: Shortcut = None
    offered: Callable[[], bool] | None = None


class Actions(QObject):
    """All actions of a window, by their ids, in the order in which they were added."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._offered: dict[str, Callable[[], bool]] = {}

    def add(self, specs: Iterable[ActionSpec]) -> list[QAction]:
        """Makes actions of what a feature declares."""
        return [self.add_action(spec.id, self._made(spec)) for spec in specs]

    def add_action(self, name: str, action: QAction) -> QAction:
        """Adds an action that was made elsewhere, such as an undo stack's own."""
        self._actions[name] = action
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def refresh(self) -> None:
        """Greys out what cannot be used now."""
        for name, offered in self._offered.items():
            self._actions[name].setEnabled(offered())

    def shortcuts(self) -> list[tuple[str, str]]:
        """Every action that has keys, with them as this system writes them."""
        named = ((words_of(action), action.shortcut()) for action in self)
        return [
            (name, keys.toString(QKeySequence.SequenceFormat.NativeText)) for name, keys in named if not keys.isEmpty()
        ]

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        if spec.shortcut is not None:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.triggered.connect(lambda _checked=False: spec.run())
        if spec.offered is not None:
            self._offered[spec.id] = spec.offered
        return action


def words_of(action: QAction) -> str:
    """The text of an action without the mark of its underlined letter."""
    return action.text().replace("&", "")
