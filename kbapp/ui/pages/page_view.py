"""A page: shows HTML of our own making, runs nothing, loads nothing, and emits the links that are clicked."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from kbapp.rendering.addresses import Address, Page, parse
from kbapp.rendering.charts import MonthColumns
from kbapp.ui.pages.page_cards import paint_cards
from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.style.stylesheet import page_style
from kbapp.ui.style.theme import page_font
from kbapp.ui.widgets.chart_image import chart_image

_MOST_PIXELS = 80_000_000
_MONTHS = re.compile(r"t\d{4}-")  # the place of a page that shows some months only
_CHART = "kb:chart/"
_CARD_EDGES = 20  # pixels that a card takes at each side of what it holds
_TWO_COLUMNS = 560  # pixels from which cards stand side by side
_COLUMN, _GAP = '<td width="50%" valign="top">', '<td width="14"></td>'


class PageView(QTextBrowser):
    """Shows one page.

    ``months_selected`` carries the first and the last month that were chosen on the chart. ``link_clicked`` carries a link, the nonce of the page that it stands on, and whether a new tab is wanted;
    ``menu_wanted`` the link under the mouse and the place on the screen; ``highlight_wanted`` says that H was pressed.
    """

    link_clicked = Signal(str, str, bool)
    menu_wanted = Signal(str, QPoint)
    highlight_wanted = Signal()
    resized = Signal()
    months_selected = Signal(str, str)

    def __init__(self, number: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.setAccessibleName(self.tr("Page"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.document().setDocumentMargin(20)
        self.page: Page | None = None
        self.picture_of: Callable[[str], bytes] | None = None
        self._scheme = LIGHT
        self._measure = 68
        self._html = ""
        self._places: list[tuple[int, int]] = []
        self._place = -1
        self._drawn_for = 0  # the width of the charts that are shown
        self._brushed_from: str | None = None
        self._redrawing = QTimer(self, singleShot=True, interval=80)
        self._redrawing.timeout.connect(self._redraw)
        self.anchorClicked.connect(self._followed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def show_style(self, scheme: Scheme, family: str, size: int, measure: int) -> None:
        """Sets colours, font and the width of a line in characters; the page that is shown follows."""
        self._scheme, self._measure = scheme, measure
        self.setFont(page_font(family, size))
        self.document().setDefaultFont(self.font())
        self.document().setDefaultStyleSheet(page_style(scheme, size))
        if self._html:
            place = self.verticalScrollBar().value()
            self._set(self._html)
            self.verticalScrollBar().setValue(place)

    def show_page(self, page: Page, scroll: int = 0) -> None:
        """Shows a page, at the place that its address names or where it was left."""
        self.page = page
        self.setAccessibleName(page.title)
        self._set(page.html)
        if page.address.place:
            self.scroll_to(page.address.place)
        else:
            self.verticalScrollBar().setValue(scroll)

    def show_html(self, html: str) -> None:
        """Shows a message in the place of a page."""
        self.page = None
        self._set(html)

    @property
    def address(self) -> Address | None:
        """The address of the page that is shown; None for a message."""
        return self.page.address if self.page is not None else None

    @property
    def html_shown(self) -> str:
        """The page's source."""
        return self._html

    def scroll_to(self, place: str) -> None:
        """Goes to an anchor such as m120 (a mention), n4 (a note) or q88 (a place in the text)."""
        if place.startswith("q") and place[1:].isdigit():
            nearest = [int(number) for number in re.findall(r'name="[mb](\d+)"', self._html)]
            before = [number for number in nearest if number <= int(place[1:])]
            place = f"m{max(before)}" if before else ""
        if place:
            self.scrollToAnchor("passages" if _MONTHS.match(place) else place)

    def mark_places(self, places: list[tuple[int, int]]) -> None:
        """Marks places in the page's text (where each begins and ends) and goes to the first of them."""
        self._places = places
        form = QTextCharFormat()
        form.setBackground(QColor(dict(self._scheme.marks)["yellow"]))
        marks = []
        for start, end in self._places[:2000]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(start, end)
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)
        self._place = -1
        self.next_place(1)

    def next_place(self, by: int) -> None:
        """Goes to the next (1) or previous (-1) marked place, round the ends."""
        if not self._places:
            return
        self._place = (self._place + by) % len(self._places) if self._place >= 0 or by > 0 else len(self._places) - 1
        self.setTextCursor(self._cursor(*self._places[self._place]))
        self.ensureCursorVisible()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def body_selection(self) -> tuple[str, int]:
        """The selected words as the article's text has them, and which occurrence of them it is (from 0)."""
        cursor = self.textCursor()
        words = cursor.selectedText().replace("\u2029", "\n\n").replace("\u2028", "\n").strip()
        if not words:
            return "", 0
        before = self.document().toPlainText()[: cursor.selectionStart()]
        return words, before.count(words)

    def is_found_selected(self) -> bool:
        """Whether what is selected is a place that a search has found, which the user did not choose."""
        cursor = self.textCursor()
        return (cursor.selectionStart(), cursor.selectionEnd()) in self._places

    def selection_area(self) -> QRect:
        """From the beginning to the end of the selection, in the viewport."""
        cursor = self.textCursor()
        first = self.cursorRect(self._cursor(cursor.selectionStart(), cursor.selectionStart()))
        last = self.cursorRect(self._cursor(cursor.selectionEnd(), cursor.selectionEnd()))
        return QRect(first.topLeft(), last.bottomRight())

    def link_area(self, at: QPoint) -> QRect:
        """Where the first line of the link under a point of the viewport is; empty beside links."""
        found = self.cursorForPosition(at)
        part = found.block().begin()
        link = self.anchorAt(at)
        while link and not part.atEnd():
            fragment = part.fragment()
            end = fragment.position() + fragment.length()
            if fragment.charFormat().anchorHref() == link and fragment.position() <= found.position() <= end:
                first = self.cursorRect(self._cursor(fragment.position(), fragment.position()))
                last = self.cursorRect(self._cursor(end, end))
                right = last.right() if last.top() == first.top() else self.viewport().width()
                return QRect(first.topLeft(), QPoint(max(right, first.right()), first.bottom()))
            part += 1
        return QRect()

    def viewportEvent(self, event: QEvent) -> bool:
        """Who a person is, a card says; the reasons for the link are told there on demand."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            link = parse(self.anchorAt(event.pos()))
            if link is not None and link.kind in ("person", "author"):
                return True
        return super().viewportEvent(event)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | None:
        """Only pictures of the library's own are loaded, never larger than the page is wide; nothing from anywhere else."""
        del kind
        address = name if isinstance(name, str) else name.toString()
        if address.startswith(_CHART):
            return self._chart(address.removeprefix(_CHART))
        data = self.picture_of(address) if self.picture_of is not None and address.startswith("kb:") else b""
        if not data:
            return None
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        reader = QImageReader(buffer)
        size = reader.size()
        ratio = self.devicePixelRatioF()
        edges = 2 * self.document().documentMargin() + self.verticalScrollBar().sizeHint().width() + 2
        widest = max(200, round((self.viewport().width() - edges) * ratio))
        if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
            return None
        if size.width() > widest:
            reader.setScaledSize(size.scaled(widest, 100_000, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        image.setDevicePixelRatio(ratio)
        return image

    def _chart(self, key: str) -> QImage | None:
        chart = self.page.charts.get(key) if self.page is not None else None
        if chart is None:
            return None
        return chart_image(
            chart, self._chart_width(), self.devicePixelRatioF(), self._scheme, right_to_left=self.isRightToLeft()
        )

    def _chart_width(self) -> int:
        """The width of a chart that fills a card, in pixels."""
        return max(160, round(self.viewport().width() - 2 * self.document().documentMargin()) - 2 * _CARD_EDGES)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.page is not None and self.page.charts:
            painter = QPainter(self.viewport())
            scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            paint_cards(painter, self.document(), scroll, self._scheme)
            painter.end()
        super().paintEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is selected, without the private notes that it reaches over; notes alone are copied when only they are
        selected."""
        cursor = self.textCursor()
        parts = [(cursor.selectionStart(), cursor.selectionEnd())]
        region = self._notes_region()
        if region is not None and parts[0][0] < region[1] and parts[0][1] > region[0]:
            within = region[0] <= parts[0][0] and parts[0][1] <= region[1]
            if not within:
                parts = [(parts[0][0], region[0]), (region[1], parts[0][1])]
        mime = QMimeData()
        fragments = []
        for start, end in parts:
            if start < end:
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                fragments.append(cursor.selection())
        mime.setText("\n".join(fragment.toPlainText().strip("\n") for fragment in fragments))
        mime.setHtml("".join(fragment.toHtml() for fragment in fragments))
        return mime

    def _notes_region(self) -> tuple[int, int] | None:
        """Where the section of notes begins and ends on the page."""
        begin = end = -1
        block = self.document().begin()
        while block.isValid() and end < 0:
            names = _anchors(block)
            if "notes-begin" in names:
                begin = block.position()
            if "notes-end" in names:
                end = block.position() + block.length()
            block = block.next()
        return (begin, end) if 0 <= begin < end else None

    def scrolled(self) -> int:
        """How far the page is scrolled down, in pixels."""
        return self.verticalScrollBar().value()

    def whole_height(self) -> int:
        """How high the whole page is, in pixels."""
        return round(self.document().size().height())

    def heights(self, names: set[str]) -> dict[str, int]:
        """How far below the top of the page, in pixels, named places are."""
        found: dict[str, int] = {}
        layout = self.document().documentLayout()
        block = self.document().begin()
        while block.isValid() and len(found) < len(names):
            part = block.begin()
            while not part.atEnd():
                fragment = part.fragment()
                for name in set(fragment.charFormat().anchorNames()) & names - found.keys():
                    line = block.layout().lineForTextPosition(fragment.position() - block.position())
                    found[name] = round(layout.blockBoundingRect(block).top() + (line.y() if line.isValid() else 0))
                part += 1
            block = block.next()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        if self.page is not None and self.page.charts and self._drawn_for != self._chart_width():
            self._redrawing.start()
        self.resized.emit()

    def _redraw(self) -> None:
        """Draws the charts for the width that the page has now."""
        if self.page is not None and self._drawn_for != self._chart_width():
            place = self.verticalScrollBar().value()
            self._set(self._html)
            self.verticalScrollBar().setValue(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._brushed_from = self._month_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if self._brushed_from is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        first, self._brushed_from = self._brushed_from, None
        if first is None:
            super().mouseReleaseEvent(event)
        elif (last := self._month_at(event.position()) or first) is not None:
            self.months_selected.emit(min(first, last), max(first, last))

    def chart_place(self, key: str) -> QPoint | None:
        """Where the upper left corner of a chart is in the viewport; None when the page has no such chart."""
        block = self.document().begin()
        while block.isValid():
            part = block.begin()
            while not part.atEnd():
                form = part.fragment().charFormat()
                if form.isImageFormat() and form.toImageFormat().name() == _CHART + key:
                    line = self.cursorRect(self._cursor(part.fragment().position(), part.fragment().position()))
                    return QPoint(line.left(), line.top())
                part += 1
            block = block.next()
        return None

    def _month_at(self, at: QPointF) -> str | None:
        """The month of the chart under the pointer; None beside it."""
        chart = self.page.charts.get("months") if self.page is not None else None
        if not isinstance(chart, MonthColumns):
            return None
        corner = self.chart_place("months")
        width, height = chart.size(self._chart_width())
        if corner is None or not QRectF(corner.x(), corner.y(), width, height).contains(at):
            return None
        return chart.month_at(at.x() - corner.x(), width, right_to_left=self.isRightToLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.modifiers() and self.textCursor().hasSelection():
            self.highlight_wanted.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.address is not None and _MONTHS.match(self.address.place):
            self.months_selected.emit("", "")
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(640, 700)

    def _set(self, html: str) -> None:
        self._html = html
        self._places, self._place = [], -1
        self._drawn_for = self._chart_width()
        self.setExtraSelections([])
        self.setHtml(html if self.viewport().width() > _TWO_COLUMNS else _in_one_column(html))
        self._dot_unsure_links()
        self._fit()

    def _fit(self) -> None:
        """Keeps a line at its measure with even margins."""
        text = QFontMetrics(self.font()).averageCharWidth() * self._measure
        side = max(4, -16 + (self.width() - self.verticalScrollBar().width() - text) // 2)
        self.setViewportMargins(side, 0, max(12, side - self.verticalScrollBar().width()), 0)

    def _dot_unsure_links(self) -> None:
        """Mentions below the sure ones get a dotted line; Qt's CSS has none, so their formats are set here."""
        if 'class="unsure"' not in self._html:
            return
        places = {int(n) for n in re.findall(r'name="m(\d+)"></a><a href="kb:person/\d+" class="unsure"', self._html)}
        names = {f"m{place}" for place in places}
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            unsure = False
            while not fragments.atEnd():
                fragment = fragments.fragment()
                form = fragment.charFormat()
                if set(form.anchorNames()) & names:
                    unsure = True
                if (
                    form.isAnchor()
                    and form.anchorHref().startswith("kb:person/")
                    and (unsure or set(form.anchorNames()) & names)
                ):
                    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.mergeCharFormat(form)
                    unsure = False
                fragments += 1
            block = block.next()

    def _followed(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith("#"):
            self.scrollToAnchor(text[1:])
        else:
            new_tab = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
            self.link_clicked.emit(text, self.page.nonce if self.page is not None else "", new_tab)

    def _menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.anchorAt(at), self.viewport().mapToGlobal(at))

    def find_text(self, text: str, *, backward: bool = False) -> bool:
        """Goes to the next place that says ``text``, round the end if need be."""
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if self.find(text, flags):
            return True
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        return self.find(text, flags)


def _in_one_column(html: str) -> str:
    """Cards that stand side by side, one below the other."""
    return html.replace(f"{_GAP}{_COLUMN}", f"</tr><tr>{_COLUMN}").replace(_COLUMN, '<td valign="top">')


def _anchors(block: QTextBlock) -> list[str]:
    """The names of the places in a block."""
    names: list[str] = []
    part = block.begin()
    while not part.atEnd():
        names += part.fragment().charFormat().anchorNames()
        part += 1
    return names
