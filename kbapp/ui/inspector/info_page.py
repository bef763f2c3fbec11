"""The fields of an article, its tags, and what was noticed when it was read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from kbapp.ui.inspector.field_row import FieldRow
from kbapp.ui.inspector.values import ArticleInfo, FieldEdit, RefusedEdit
from kbapp.ui.widgets.flow_layout import FlowLayout


class InfoPage(QScrollArea):
    """``edited`` carries a field's new text; the others name an article and its field or tag."""

    edited = Signal(FieldEdit)
    reset_wanted = Signal(int, str)
    tag_added = Signal(int, str)
    tag_removed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plainarea")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.article = 0
        holder = QWidget()
        holder.setObjectName("plainholder")
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(0, 0, 0, 16)
        self._layout.setSpacing(0)
        self.rows: dict[str, FieldRow] = {}
        for name, title, hint in (
            ("title", self.tr("Title"), ""),
            ("subtitle", self.tr("Subtitle"), ""),
            ("authors", self.tr("Authors"), self.tr("Separate several with ;")),
            ("published", self.tr("Date"), ""),
            ("source", self.tr("Source"), ""),
            ("url", self.tr("Web address"), ""),
            ("language", self.tr("Language"), ""),
        ):
            self._add_row(name, title, hint)
        self.tags = TagsRow()
        self.tags.added.connect(lambda tag: self.tag_added.emit(self.article, tag))
        self.tags.removed.connect(lambda tag: self.tag_removed.emit(self.article, tag))
        self._layout.addWidget(self.tags)
        self._warnings, self._origin = QLabel(), QLabel()
        for label, look in ((self._warnings, "warning"), (self._origin, "quiet")):
            label.setObjectName(look)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(16, 8, 16, 0)
            self._layout.addWidget(label)
        self._layout.addStretch()
        self.setWidget(holder)

    def _add_row(self, name: str, title: str, hint: str) -> None:
        row = self.rows[name] = FieldRow(title, hint)
        row.edited.connect(lambda text: self.edited.emit(FieldEdit(self.article, name, text)))
        row.reset_wanted.connect(lambda: self.reset_wanted.emit(self.article, name))
        row.step_wanted.connect(lambda step: self._go_on(name, step))
        self._layout.addWidget(row)

    def show_info(self, info: ArticleInfo) -> None:
        """Shows an article; what is being typed about another one is kept first."""
        if info.article != self.article:
            for row in self.rows.values():
                row.finish()
        self.article = info.article
        for field in info.fields:
            self.rows[field.name].show_field(field)
        self.tags.show_tags(info.tags)
        self._warnings.setText("\n".join(info.warnings))
        self._warnings.setVisible(bool(info.warnings))
        self._origin.setText(info.origin + "\n" + self.tr("What you set stays when this article is read again."))

    def show_refused(self, refused: RefusedEdit) -> None:
        """Says below a field why what was typed could not be kept."""
        if refused.edit.article == self.article:
            self.rows[refused.edit.field].show_trouble(refused.why, refused.edit.text)

    def _go_on(self, name: str, step: int) -> None:
        names = list(self.rows)
        at = names.index(name) + step
        if 0 <= at < len(names):
            self.rows[names[at]].begin()
            self.ensureWidgetVisible(self.rows[names[at]])
        elif at == len(names):
            self.tags.begin()
        else:
            self.rows[name].setFocus()


class TagsRow(QFrame):
    """The tags as chips, and a box for another one. ``added`` and ``removed`` carry a tag."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field")
        title = QLabel(self.tr("Tags"))
        title.setObjectName("fieldname")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 9)
        layout.setSpacing(6)
        layout.addWidget(title)
        self._holder = QWidget()
        self._holder.hide()
        self._flow = FlowLayout(self._holder, 6)
        layout.addWidget(self._holder)
        self.chips: dict[str, QToolButton] = {}
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Add a tag"))
        self.box.setAccessibleName(self.tr("Add a tag"))
        self.box.returnPressed.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(self.box)
        layout.addLayout(row)

    def begin(self) -> None:
        self.box.setFocus()

    def show_tags(self, tags: tuple[str, ...]) -> None:
        if list(self.chips) == list(tags):
            return
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = {tag: self._chip(tag) for tag in tags}
        self._holder.setVisible(bool(tags))

    def _chip(self, tag: str) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName("chip")
        chip.setText(f"{tag}  ×")
        chip.setAccessibleName(self.tr("Remove the tag {0}").format(tag))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self.removed.emit(tag))
        self._flow.addWidget(chip)
        return chip

    def _add(self) -> None:
        tag = self.box.text().strip().lstrip("#").strip()
        self.box.clear()
        if tag and tag not in self.chips:
            self.added.emit(tag)
