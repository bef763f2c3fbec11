"""People: compared, seen in their network, given a portrait."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError
from kbapp.i18n import joined, language, plain_date, plural, translated
from kbapp.library.people import cooccurrence, figures, portraits, profiles
from kbapp.library.people import repository as people
from kbapp.library.people.cooccurrence import Network
from kbapp.library.people.glimpses import mention_reasons
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.undo import UndoController
from kbapp.ui.people import merge_evidence
from kbapp.ui.people.merge_evidence import MergeEvidence

_REASONS = 3  # different ones that are told
_MERGEABLE = 2000  # people offered in the merge dialog


@dataclass(frozen=True, slots=True)
class PersonGlimpse:
    """A person in short.

    Attributes:
        numbers: In how many articles and when last, in words.
        months: How many articles of each month name the person.
        quote: The last words that are quoted, and when and where; both "" for none.
        portrait: Under which name the library keeps a portrait; "" for none.
        reasons: Why an article's names were taken for this person, in words.
    """

    id: int
    name: str
    role: str
    numbers: str
    months: tuple[tuple[str, int], ...]
    quote: tuple[str, str]
    portrait: str
    reasons: tuple[str, ...]


class PeopleController(Controller):
    """What the window does with people. ``network_ready`` answers ``find_network``, ``glimpse_ready`` ``glimpse``,
    ``evidence_ready`` ``gather_evidence``."""

    network_ready = Signal(Network)
    glimpse_ready = Signal(PersonGlimpse)
    evidence_ready = Signal(MergeEvidence)

    def __init__(self, context: AppContext, undo: UndoController, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library, self._undo = context.library, undo
        self._networks = self.lane("networks", latest=True)
        self._portraits = self.lane("portraits")
        self._glimpses = self.lane("person card", latest=True)
        self._evidence = self.lane("merge evidence", latest=True)

    def name(self, person: int) -> str:
        """What a person is called; "" for one who is not there."""
        return people.names(self.library, [person]).get(person, "")

    def glimpse(self, person: int, article: int) -> None:
        """Reads who a person is, and why an article (0 for none) names them; the answer comes as ``glimpse_ready``."""
        self._glimpses.submit(lambda: self._look_at(person, article), self.glimpse_ready.emit, lambda _error: None)

    def gather_evidence(self, one: int, other: int) -> None:
        """Reads what speaks for two people being one; the answer comes as ``evidence_ready``."""
        self._evidence.submit(lambda: merge_evidence.gather(self.library, one, other), self.evidence_ready.emit)

    def drop_glimpse(self) -> None:
        """The pointer has left the name."""
        self._glimpses.cancel()

    def _look_at(self, person: int, article: int) -> PersonGlimpse:
        profile = profiles.profile(self.library, person, limit=1, language=language())
        count = figures.figures(self.library, profile.id).articles
        numbers = plural(count, "article")
        if profile.last_seen:
            numbers = self.tr("{0}, last {1}").format(numbers, plain_date(profile.last_seen))
        quote = max(profile.quotes, key=lambda each: (each.published or "", each.article), default=None)
        said = ("", "") if quote is None else (quote.text, joined((plain_date(quote.published), quote.title)))
        reasons = mention_reasons(self.library.db, article, profile.id) if article else ()
        return PersonGlimpse(
            profile.id,
            profile.name,
            profile.description or "",
            numbers,
            tuple((each.month, each.articles) for each in profile.timeline),
            said,
            portraits.portrait(self.library, profile.id) or "",
            tuple(", ".join(translated(part) for part in reason.split(", ")) for reason in reasons[:_REASONS]),
        )

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
