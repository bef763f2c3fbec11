"""The windows on a library: opened, brought to the front, closed."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError
from kbapp.rendering.addresses import Address, parse
from kbapp.ui import composition
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.context import AppContext

if TYPE_CHECKING:
    from kbapp.ui.composition.shared import SharedParts

_SWITCH = 0.0005  # seconds after which a thread at work lets the window's go on; Python's own are 5 ms, and several threads add up
NEW_WINDOW = "--new-window"
_STEP = 36  # pixels by which a further window stands away from the one before it


class WindowManager(QObject):
    """Keeps the windows in the order in which they were used, the last one last.

    ``painted`` says that the first window is on the screen, ``ready`` that it is complete; ``unusable`` that the library
    cannot be opened.
    """

    painted = Signal()
    ready = Signal()
    unusable = Signal(UserError)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH)
        self.context = context
        self.windows: list[WindowParts] = []
        self._shared: SharedParts | None = None
        context.settings.changed.connect(self._apply_setting)

    @property
    def last(self) -> WindowParts:
        """The window used last; a new one when there is none."""
        return self.windows[-1] if self.windows else self.open_window()

    def open_window(self, address: str = "") -> WindowParts:
        """Opens one more window, which shows the page at ``address``, or what was shown before the program ended."""
        parts = composition.make_window(self.context, self.shared)
        is_first = not self.windows
        if not is_first:
            before = self.windows[-1].window.pos()
            parts.window.move(before.x() + _STEP, before.y() + _STEP)
        self.windows.append(parts)
        parts.window.painted.connect(partial(self._fill, parts))
        parts.window.activated.connect(partial(self._used, parts))
        parts.unusable.connect(self.unusable)
        parts.window_requested.connect(self.open_window)
        parts.closed.connect(partial(self._closed, parts))
        parts.ready.connect(partial(self._begin, parts, parse(address) if address else None, is_first))
        parts.window.show()
        return parts

    def shared(self) -> SharedParts:
        """What the windows share; built with the first."""
        if self._shared is None:
            self._shared = composition.make_shared(self.context)
            self._shared.lock.recovery_key_made.connect(self._show_recovery_key)
        return self._shared

    def open_arguments(self, arguments: list[str]) -> None:
        """Opens files and ``kb:`` links that a start was given, in the window used last or in a new one. Links only lead to
        pages: none of them acts."""
        if NEW_WINDOW in arguments:
            self.open_window()
        parts = self.last
        parts.window.come_to_front()
        given = [each for each in arguments if each and each != NEW_WINDOW]
        if parts.is_complete:
            self._open_in(parts, given)
        else:
            parts.ready.connect(partial(self._open_in, parts, given))

    @staticmethod
    def _open_in(parts: WindowParts, arguments: list[str]) -> None:
        for each in arguments:
            if each.startswith("kb:"):
                parts.pages.follow(each)
        if paths := [Path(each) for each in arguments if not each.startswith("kb:")]:
            parts.importing.import_paths(paths)

    def _fill(self, parts: WindowParts) -> None:
        if self.windows == [parts]:
            self.painted.emit()
        parts.build_list()

    def _begin(self, parts: WindowParts, address: Address | None, is_first: bool) -> None:
        if address is not None:
            parts.tabs.visit(address)
        elif is_first:
            parts.session.restore_tabs()
        if is_first:
            self.ready.emit()

    def _used(self, parts: WindowParts) -> None:
        if parts in self.windows[:-1]:
            self.windows.remove(parts)
            self.windows.append(parts)

    def _closed(self, parts: WindowParts) -> None:
        self.windows.remove(parts)
        if self.windows:
            return
        parts.save_session()  # the last one is what the next start begins with
        if self._shared is not None:
            self._shared.close()
            self._shared = None

    def _show_recovery_key(self, key: str) -> None:
        self.last.lock_commands.show_recovery_key(key)

    def _apply_setting(self, name: str) -> None:
        if name == "recogniser":
            self.context.renew_importer()
        elif name == "spelling" and self._shared is not None:
            self._shared.renew_spelling()
            for parts in self.windows:
                if parts.is_complete:
                    parts.panel.spell_with(self._shared.spelling)
