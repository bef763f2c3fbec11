"""Where a note is written: Markdown styled as it is typed, and completion of ``[[`` to any page and ``@`` to a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QStringListModel, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QFont,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QMenu, QPlainTextEdit, QWidget

from kbapp.ui.core.page_refs import PageRef
from kbapp.ui.notes.drafts import ImageSource
from kbapp.ui.notes.spell_checker import WORD, SpellChecker
from kbapp.ui.style.schemes import LIGHT, Scheme

_MOST = 5000  # characters of a paragraph that are styled

_BEGUN = re.compile(r"(\[\[|(?<![\w@])@)([^\[\]@\n]{1,60})$")  # what is being completed, up to the cursor
_STYLED = (
    ("strong", re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")),
    ("emphasis", re.compile(r"(?<![*_\w])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![*_\w])")),
    ("code", re.compile(r"`[^`]+`")),
    ("link", re.compile(r"\[[^\]\n]*\]\([^)\s]*\)|kb:[a-z]+/\d+|https?://[^\s<>)]+")),
    ("tag", re.compile(r"(?<![\w&/#])#[^\W\d_][\w/-]{0,59}")),
)


class MarkdownStyle(QSyntaxHighlighter):
    """Sets headings, emphasis, quotes, lists, check boxes, code, links and tags as they are written; the marks stay."""

    def __init__(self, document: QTextDocument, scheme: Scheme) -> None:
        super().__init__(document)
        self._forms = {name: QTextCharFormat() for name in ("heading", "strong", "emphasis", "code", "link", "tag", "quote", "quiet", "done")}  # fmt: skip
        self._forms["heading"].setFontWeight(QFont.Weight.Bold)
        self._forms["heading"].setFontPointSize(document.defaultFont().pointSizeF() * 1.2)
        self._forms["strong"].setFontWeight(QFont.Weight.Bold)
        self._forms["emphasis"].setFontItalic(True)
        self._forms["code"].setFontFamilies(["monospace"])
        self._forms["code"].setBackground(QColor(scheme.sidebar))
        for name, colour in (("link", scheme.accent), ("tag", scheme.accent), ("quote", scheme.quiet), ("quiet", scheme.quiet), ("done", scheme.quiet)):  # fmt: skip
            self._forms[name].setForeground(QColor(colour))
        self._forms["done"].setFontStrikeOut(True)
        self._forms["quote"].setFontItalic(True)
        self._speller: SpellChecker | None = None

    def spell_with(self, speller: SpellChecker) -> None:
        """Underlines misspelt words from now on."""
        self._speller = speller
        speller.judged.connect(self._judged)
        self.rehighlight()

    def _judged(self, words: set[str]) -> None:
        """Styles the blocks that have one of these words anew."""
        block = self.document().begin()
        while block.isValid():
            if any(word.replace("’", "'") in words for word in WORD.findall(block.text()[:_MOST])):
                self.rehighlightBlock(block)
            block = block.next()

    def _spell(self, text: str, speller: SpellChecker) -> None:
        for match in WORD.finditer(text[:_MOST]):
            if speller.is_wrong(match.group()) and not self.format(match.start()).fontFamilies():
                form = self.format(match.start())
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
                form.setUnderlineColor(QColor("#c0392b"))
                self.setFormat(match.start(), match.end() - match.start(), form)

    def highlightBlock(self, text: str) -> None:
        fenced = self.previousBlockState() == 1
        fence = text.lstrip().startswith(("```", "~~~"))
        self.setCurrentBlockState(1 if fenced != fence else 0)
        if fenced or fence:
            self.setFormat(0, len(text), self._forms["code"])
            return
        start = 0
        if re.match(r"#{1,6}\s", text):
            self.setFormat(0, len(text), self._forms["heading"])
        elif text.startswith(">"):
            self.setFormat(0, len(text), self._forms["quote"])
        elif item := re.match(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(\[[ xX]\]\s)?", text):
            start = item.end()
            self.setFormat(0, start, self._forms["quiet"])
            if (item[1] or "").lower().startswith("[x"):
                self.setFormat(start, len(text) - start, self._forms["done"])
        for name, pattern in _STYLED:
            for match in pattern.finditer(text[:_MOST], start):
                self.setFormat(match.start(), match.end() - match.start(), self._forms[name])
        if self._speller is not None:
            self._spell(text, self._speller)


class NoteEditor(QPlainTextEdit):
    """One note's text. ``left`` when it loses the keyboard; ``completion_wanted`` carries what was begun (``[[`` or ``@``)
    and its letters, ``image_pasted`` a picture that was pasted or dropped."""

    left = Signal()
    completion_wanted = Signal(str, str)
    image_pasted = Signal(ImageSource)

    def __init__(self, text: str, hint: str, parent: QWidget | None = None, scheme: Scheme = LIGHT) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._style = MarkdownStyle(self.document(), scheme)
        self._speller: SpellChecker | None = None
        self._links: dict[str, str] = {}
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.activated.connect(self._insert)
        self.document().contentsChanged.connect(self._fit)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.textChanged.connect(self._look_for_link)
        self._fit()

    def offer(self, letters: str, choices: Sequence[PageRef]) -> None:
        """Shows pages to link to, if the same letters are still being typed."""
        begun = self._begun()
        if begun is None or begun[2] != letters or not choices or not self.hasFocus():
            self._popup().hide()
            return
        self._links = {f"{each.title}   ({each.kind})": f"[{_escaped(each.title)}]({each.address})" for each in choices}
        self._names.setStringList(list(self._links))
        place = self.cursorRect()
        place.setWidth(max(240, self.width() - 10))
        place.translate(-place.left() + 5, 6)
        self.completer.complete(place)
        self._popup().setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _popup(self) -> QAbstractItemView:
        """The list of pages that may be linked to."""
        if (popup := self.completer.popup()) is None:
            raise RuntimeError("a completer without its list")
        return popup

    def begin_with(self, text: str) -> None:
        """Puts a text in and the cursor behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def spell_with(self, speller: SpellChecker) -> None:
        """Underlines misspelt words; a right click offers what may be meant."""
        self._speller = speller
        self._style.spell_with(speller)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_at(event.pos()).exec(event.globalPos())

    def menu_at(self, at: QPoint) -> QMenu:
        """The usual menu, with what may be meant by a misspelt word under the mouse on top."""
        menu = self.createStandardContextMenu(at)
        cursor = self.cursorForPosition(at)
        text, place = cursor.block().text(), cursor.positionInBlock()
        match = next((found for found in WORD.finditer(text[:_MOST]) if found.start() <= place <= found.end()), None)
        speller = self._speller
        if speller is None or match is None or not speller.is_wrong(match.group()):
            return menu
        word = match.group()
        first = menu.actions()[0]
        cursor.setPosition(cursor.block().position() + match.start())
        cursor.setPosition(cursor.block().position() + match.end(), QTextCursor.MoveMode.KeepAnchor)
        for meant in speller.suggestions(word):
            action = QAction(meant, menu)
            action.triggered.connect(lambda _=False, meant=meant: cursor.insertText(meant))
            menu.insertAction(first, action)
        learn = QAction(self.tr("Add “{0}” to the dictionary").format(word), menu)
        learn.triggered.connect(lambda: speller.learn(word))
        menu.insertAction(first, learn)
        menu.insertSeparator(first)
        return menu

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._popup().isVisible():
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup().isVisible() and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape,
        ):  # fmt: skip
            event.ignore()  # the list of pages takes them
        elif event.matches(QKeySequence.StandardKey.Cancel):
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or bool(pictures_of(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """HTML is pasted as Markdown; nothing in it runs or is loaded, and pictures from the web are left out."""
        if makers := pictures_of(source):
            for make in makers:
                self.image_pasted.emit(ImageSource(make))
            return
        if not source.hasHtml():
            super().insertFromMimeData(source)
            return
        document = _OfflineDocument()
        document.setHtml(re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>|<img\b[^>]*>", "", source.html()[:2_000_000]))
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        self.insertPlainText(document.toMarkdown(features).strip())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take_pictures(event)

    def _take_pictures(self, event: QDragMoveEvent) -> None:
        """Pictures may be dropped into a note; anything else is for the window, which imports it."""
        if pictures_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take_pictures(event)

    def _begun(self) -> re.Match[str] | None:
        cursor = self.textCursor()
        return _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()][-80:])

    def _look_for_link(self) -> None:
        begun = self._begun() if self.hasFocus() else None
        if begun is not None:
            self.completion_wanted.emit(begun[1], begun[2])
        elif self._popup().isVisible():
            self._popup().hide()

    def _insert(self, name: str) -> None:
        begun = self._begun()
        if begun is None or name not in self._links:
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun[0]))
        cursor.insertText(self._links[name] + " ")

    def _fit(self) -> None:
        """As high as its text, from three lines to fourteen, with the style sheet’s padding and border."""
        line = self.fontMetrics().lineSpacing()
        height, block = 0.0, self.document().begin()
        while block.isValid() and height < 14 * line:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        wanted = (
            round(min(14 * line, max(3 * line, height))) + 2 * (6 + 1) + 2 * round(self.document().documentMargin()) + 4
        )
        if wanted != self.height():
            self.setFixedHeight(wanted)


def pictures_of(source: QMimeData) -> list[Callable[[], bytes]]:
    """What makes the bytes of each picture in it: picture files, or a picture alone such as a piece of the screen."""
    urls = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    if urls:
        fit = all(path.suffix.lower() in (".png", ".jpg", ".jpeg", ".gif", ".webp") for path in urls)
        return [path.read_bytes for path in urls] if fit else []
    if source.hasImage() and not source.hasText():
        image = source.imageData()
        return [lambda: _png(image)]
    return []


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


class _OfflineDocument(QTextDocument):
    """A document that loads nothing from anywhere."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        return None


def _escaped(title: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", title)
