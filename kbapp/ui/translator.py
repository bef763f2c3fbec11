"""The words of windows in the language chosen: Qt asks this table for every phrase, its own buttons included."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from kbapp import i18n

SYSTEM = "system"


class TableTranslator(QTranslator):
    """A language's table behind Qt's own way of translating, whatever class of ours asks."""

    def __init__(self, table: i18n.Table, application: QApplication) -> None:
        super().__init__(application)
        self._texts = table.texts

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # noqa: ARG002
        return self._texts.get(text)

    def isEmpty(self) -> bool:
        return not self._texts


def chosen_language(setting: str) -> str:
    """A language of LANGUAGES for the setting: the desktop's where there is a translation, else English."""
    if setting != SYSTEM:
        return setting
    desktop = QLocale.system().name().partition("_")[0]
    return desktop if desktop in i18n.LANGUAGES else "en"


def install_translator(application: QApplication, setting: str) -> None:
    """Windows and pages made from now on are in the language; right to left where it is written so."""
    table = i18n.load(chosen_language(setting))
    i18n.use(table)
    if table.texts:
        application.installTranslator(TableTranslator(table, application))
    if table.language in i18n.RIGHT_TO_LEFT:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
