"""The list as a table over the whole width, in the place of cards beside a page; made when it is first wanted."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject

from kbapp.rendering.addresses import Address
from kbapp.ui.articles.article_table import ArticleTable
from kbapp.ui.articles.controller import Order
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.rows import HitList, Listing


class TableMode(QObject):
    """Turns one window's list of articles into a table and back. Other lists and results stay cards."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts, self._table = parts, cast("ArticleTable | None", None)
        self._shown: Listing | None = None
        self.is_wanted = parts.session.table
        parts.layout.buttons["table"].clicked.connect(self.toggle)
        parts.search.hits_ready.connect(self._show_hits)
        if self.is_wanted:
            parts.lists.reload()

    def toggle(self) -> None:
        """Shows the other of both."""
        self.is_wanted = not self.is_wanted
        self._parts.session.table = self.is_wanted
        if self._shown is None and not self._parts.search.query:
            self._parts.lists.reload()  # the first list came before there could be a table
        self._fit()

    def show_list(self, found: Listing) -> None:
        """Shows a list that has come in."""
        self._shown = found
        self._fit()

    def _show_hits(self, _found: HitList) -> None:
        self._shown = None
        self._fit()

    def _fit(self) -> None:
        parts, found = self._parts, self._shown
        is_table = self.is_wanted and found is not None and found.kind == "article"
        parts.layout.buttons["table"].setChecked(self.is_wanted)
        if not is_table and self._table is None:
            return
        table = self._made()
        if is_table and found is not None:
            table.show_list(found, parts.lists.order)
        if is_table == table.isVisibleTo(parts.window):
            return
        parts.rows.setHidden(is_table)
        table.setVisible(is_table)
        parts.layout.widen_list(is_table)
        parts.sort_box.setHidden(is_table)
        is_cards = not is_table and found is not None and found.kind == "article"
        if is_cards and not parts.sort_box.show_order(parts.lists.order):
            parts.lists.set_order("newest")  # cards have fewer orders
        (table if is_table else parts.rows).setFocus()

    def _made(self) -> ArticleTable:
        if self._table is None:
            parts, table = self._parts, ArticleTable()
            table.hide()
            parts.layout.put_beside_rows(table)
            if parts.session.columns:
                table.restore_columns(parts.session.columns)
            table.opened.connect(self._open)
            table.order_chosen.connect(lambda order: parts.lists.set_order(cast(Order, order)))
            table.chosen.connect(parts.rows.choose)
            table.delete_wanted.connect(parts.article_commands.delete_selected)
            table.rows.rows_wanted.connect(parts.lists.load_table)
            table.horizontalHeader().sectionResized.connect(self._keep_columns)
            table.horizontalHeader().sectionMoved.connect(self._keep_columns)
            parts.lists.table_ready.connect(table.rows.put_rows)
            self._table = table
        return self._table

    def _keep_columns(self) -> None:
        if self._table is not None:
            self._parts.session.columns = self._table.columns()

    def _open(self, article: int) -> None:
        """Opens an article beside the cards."""
        self.toggle()
        self._parts.tabs.visit(Address("article", str(article)))
        self._parts.page_commands.focus_page()
