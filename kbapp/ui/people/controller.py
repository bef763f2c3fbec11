"""People: compared, seen in their network, given a portrait."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError
from kbapp.library.people import cooccurrence, portraits
from kbapp.library.people import repository as people
from kbapp.library.people.cooccurrence import Network
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.undo import UndoController

_MERGEABLE = 2000  # people offered in the merge dialog


class PeopleController(Controller):
    """What the window does with people. ``network_ready`` answers ``find_network``."""

    network_ready = Signal(Network)

    def __init__(self, context: AppContext, undo: UndoController, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library, self._undo = context.library, undo
        self._networks = self.lane("networks", latest=True)
        self._portraits = self.lane("portraits")

    def name(self, person: int) -> str:
        """What a person is called; "" for one who is not there."""
        return people.names(self.library, [person]).get(person, "")

    def has_portrait(self, person: int) -> bool:
        return portraits.portrait(self.library, person) is not None

    def others(self, person: int) -> list[tuple[int, str]]:
        """Everybody else by id and name, those in most articles first."""
        entries = people.entries(self.library, "people", limit=_MERGEABLE)
        return [(entry.id, entry.name) for entry in entries if entry.id != person]

    def find(self, name: str) -> int | None:
        """Who is called so; says so when that is nobody or not clear."""
        try:
            return people.find(self.library, name)
        except UserError as error:
            self.failed.emit(error)
            return None

    def compare(self, person: int, name: str) -> None:
        """Shows a person beside another, who is named in words."""
        if (other := self.find(name)) is not None:
            self.page_requested.emit(Address("compare", f"{person},{other}"))

    def find_network(self, person: int) -> None:
        """Finds the network around a person; the answer comes as ``network_ready``."""
        self._networks.submit(lambda: cooccurrence.network(self.library, person), self.network_ready.emit)

    def add_portrait(self, person: int, file: Path) -> None:
        """Keeps a picture in the library and puts it on the person's page."""

        def keep() -> str:
            try:
                return portraits.keep_portrait(self.library, file.read_bytes())
            except OSError as error:
                raise UserError(Code.FILE_NOT_READ, file=file, reason=error.strerror) from error

        self._portraits.submit(keep, partial(self.set_portrait, person))

    def set_portrait(self, person: int, key: str | None) -> None:
        """Puts a stored picture on a person's page, or takes it away; it can be undone."""
        self._undo.set_portrait(person, key)

    def brush(self, here: Address | None, first: str, last: str) -> None:
        """Shows the passages of some months only on the page of a person; empty strings show all."""
        if here is not None and here.kind == "person":
            self.page_requested.emit(Address("person", here.ref, f"t{first}..{last}" if first else ""))
