"""The settings as a window: every change shows at once and is written to the file that can also be edited by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFontComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kbapp.i18n import LANGUAGES
from kbapp.settings import RANGES, Settings
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.style.schemes import SERIF, SPACE


class SettingsDialog(QDialog):
    """Every change is put into force and written at once."""

    def __init__(self, store: SettingsStore, spelling_languages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = store
        settings = store.values
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        form = QFormLayout()
        form.setVerticalSpacing(SPACE + 2)
        form.setHorizontalSpacing(2 * SPACE)
        self._themes = (("system", self.tr("As the desktop")), ("light", self.tr("Paper")), ("sepia", self.tr("Sepia")), ("dark", self.tr("Dark")))  # fmt: skip
        self.theme = QComboBox()
        for value, name in self._themes:
            self.theme.addItem(name, value)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.theme.currentIndexChanged.connect(lambda _: self._store.set("theme", self.theme.currentData()))
        self._row(form, self.tr("Colours"), self.theme)
        self.font_box = QFontComboBox()
        self.font_box.setCurrentFont(QFont([settings.font] if settings.font else SERIF))
        self.font_box.currentFontChanged.connect(lambda font: self._store.set("font", font.family()))
        self._row(form, self.tr("Font of pages"), self.font_box)
        self.point_size = self._number(form, self.tr("Size"), "font_size", settings.font_size, self.tr(" pt"))
        self.measure = self._number(
            form, self.tr("Width of a line"), "measure", settings.measure, self.tr(" characters")
        )
        self.lock = self._number(
            form, self.tr("Lock protected notes after"), "lock_after", settings.lock_after, self.tr(" minutes")
        )
        self.lock.setSpecialValueText(self.tr("never"))
        self.cache = self._number(form, self.tr("Memory for searching"), "cache_mb", settings.cache_mb, self.tr(" MB"))
        self.cache.setSingleStep(64)
        self.spelling = QComboBox()
        self.spelling.addItem(self.tr("As the desktop"), "system")
        self.spelling.addItem(self.tr("Not at all"), "off")
        for language in spelling_languages:
            locale = QLocale(language)
            self.spelling.addItem(f"{locale.nativeLanguageName()} ({locale.nativeTerritoryName()})", language)
        if not spelling_languages:
            self.spelling.setToolTip(
                self.tr("This system has no spelling checker; install hunspell or aspell for one.")
            )
        self.spelling.setCurrentIndex(max(0, self.spelling.findData(settings.spelling)))
        self.spelling.currentIndexChanged.connect(lambda _: self._store.set("spelling", self.spelling.currentData()))
        self._row(form, self.tr("Spelling of notes"), self.spelling)
        self.language = QComboBox()
        self.language.addItem(self.tr("As the desktop"), "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setToolTip(self.tr("Windows and pages are in this language from the next start of kbapp."))
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.language.currentIndexChanged.connect(lambda _: self._store.set("language", self.language.currentData()))
        self._row(form, self.tr("Language (from the next start)"), self.language)
        self.recogniser = QComboBox()
        self.recogniser.addItem(self.tr("kbapp"), "kbapp")
        self.recogniser.addItem(self.tr("spaCy, where it is installed"), "spacy")
        self.recogniser.setCurrentIndex(self.recogniser.findData(settings.recogniser))
        self.recogniser.currentIndexChanged.connect(
            lambda _: self._store.set("recogniser", self.recogniser.currentData())
        )
        self._row(form, self.tr("People in new articles are found by"), self.recogniser)
        layout.addLayout(form)
        where = QLabel(self.tr("Kept in {0}").format(store.file))
        where.setObjectName("quiet")
        where.setWordWrap(True)
        layout.addSpacing(SPACE)
        layout.addWidget(where)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults)  # fmt: skip
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(self.restore_defaults)
        layout.addWidget(buttons)

    def restore_defaults(self) -> None:
        """Puts every setting back to what it was when kbapp was new."""
        defaults = Settings()
        self.theme.setCurrentIndex(self.theme.findData(defaults.theme))
        self.recogniser.setCurrentIndex(self.recogniser.findData(defaults.recogniser))
        self.spelling.setCurrentIndex(0)
        self.language.setCurrentIndex(0)
        self.font_box.setCurrentFont(QFont(SERIF))
        for box, value in ((self.point_size, defaults.font_size), (self.measure, defaults.measure), (self.lock, defaults.lock_after), (self.cache, defaults.cache_mb)):  # fmt: skip
            box.setValue(value)
        self._store.set("font", defaults.font)

    def _number(self, form: QFormLayout, name: str, setting: str, value: int, unit: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(*RANGES[setting])
        box.setValue(value)
        box.setSuffix(unit)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(self._emitter(setting))
        self._row(form, name, box)
        return box

    def _emitter(self, setting: str) -> Callable[[int], None]:
        return lambda value: self._store.set(setting, value)

    @staticmethod
    def _row(form: QFormLayout, name: str, box: QWidget) -> None:
        box.setAccessibleName(name)
        form.addRow(name, box)
