"""The composition root: the one package that knows all features. It builds them and connects their signals.

``engines`` loads the heavy parts of the core, ``shared`` holds what all windows on a library share, ``parts`` builds the
controllers and widgets of one window, ``connections`` makes every connection between them, and ``reactions`` has the few
slots that concern more than one feature. Imports inside functions of this package are deferred on purpose: the first paint
needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kbapp.ui.composition.parts import WindowParts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kbapp.ui.composition.shared import SharedParts
    from kbapp.ui.core.context import AppContext
    from kbapp.ui.handover import Receiver

_PAINTED = 30  # milliseconds in which a list is painted


def make_window(context: AppContext, shared: Callable[[], SharedParts]) -> WindowParts:
    """A window that fills itself in two steps: with what is seen, once it is on the screen, and then with what acts."""
    parts = WindowParts(context, shared)
    parts.listed.connect(lambda: QTimer.singleShot(_PAINTED, parts, lambda: _complete(parts)))
    return parts


def _complete(parts: WindowParts) -> None:
    from kbapp.ui.composition.connections import connect
    from kbapp.ui.composition.inspector_reactions import InspectorReactions
    from kbapp.ui.composition.list_reactions import ListReactions
    from kbapp.ui.composition.page_popovers import PagePopovers
    from kbapp.ui.composition.page_tools import PageTools
    from kbapp.ui.composition.reactions import Reactions
    from kbapp.ui.composition.reading_watch import ReadingWatch

    if not parts.is_open:
        return
    parts.build_rest()
    lists = ListReactions(parts)
    reactions = Reactions(parts, lists)
    parts.actions.add(lists.actions())
    connect(parts, reactions, lists)
    PageTools(parts)
    ReadingWatch(parts)
    InspectorReactions(parts)
    PagePopovers(parts)
    reactions.begin()
    parts.ready.emit()


def make_shared(context: AppContext) -> SharedParts:
    """What the windows on one library share."""
    from kbapp.ui.composition.shared import SharedParts

    return SharedParts(context)


def hand_over(socket_name: str, arguments: list[str]) -> bool:
    """Gives the arguments of this start to the program that runs already; False when none answers."""
    from kbapp.ui import handover

    return handover.hand_over(socket_name, arguments)


def receive(socket_name: str, parent: QObject) -> Receiver:
    """Takes what later starts hand over."""
    from kbapp.ui.handover import Receiver

    return Receiver(socket_name, parent)


def apply_language(application: QApplication, setting: str) -> None:
    """Draws widgets in our style, and translates what is made from now on."""
    from kbapp.ui.translator import install_translator

    application.setStyle("Fusion")
    install_translator(application, setting)
