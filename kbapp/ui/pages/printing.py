"""Pages on paper and as PDF: black on white, with margins that a printer keeps and the page's number at the foot."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from kbapp.ui.style.schemes import LIGHT
from kbapp.ui.style.stylesheet import page_style
from kbapp.ui.style.theme import page_font

_MARGIN = 18  # millimetres
_POINTS = 10.5


def paper(file: str | None = None) -> QPrinter:
    """The default printer, or a PDF file; A4 or Letter as the system has it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if file is not None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(file)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    return printer


def print_page(html: str, printer: QPrinter) -> int:
    """Prints a page and returns how many sheets it took."""
    document = QTextDocument()
    font = page_font("", 10)
    font.setPointSizeF(_POINTS)
    document.documentLayout().setPaintDevice(printer)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(page_style(LIGHT, 10))
    document.setHtml(html)
    area = printer.pageRect(QPrinter.Unit.DevicePixel)
    foot = area.height() * 0.04
    document.setPageSize(QRectF(0, 0, area.width(), area.height() - foot).size())
    document.setDocumentMargin(0)
    painter = QPainter(printer)
    sheets = document.pageCount()
    for sheet in range(sheets):
        if sheet:
            printer.newPage()
        painter.save()
        painter.translate(0, -sheet * (area.height() - foot))
        document.drawContents(painter, QRectF(0, sheet * (area.height() - foot), area.width(), area.height() - foot))
        painter.restore()
        painter.setPen(QColor(LIGHT.quiet))
        painter.drawText(
            QRectF(0, area.height() - foot, area.width(), foot),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
            f"{sheet + 1} / {sheets}",
        )
    painter.end()
    return sheets
