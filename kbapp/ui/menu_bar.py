"""The menu bar: which action stands in which menu. What they do is declared by the features."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QMenu

from kbapp.ui.core.actions import Actions

_LINE = "-"
MENUS: Mapping[str, tuple[str, ...]] = {
    "file": (
        "window.new", "library.open", "library.new", "menu.libraries", _LINE,
        "import.files", "import.folder", "import.notes", "import.samples", _LINE,
        "export.markdown", "export.citations", "export.backup", "library.restore", "library.check", _LINE, "page.print", "page.pdf", _LINE,
        "menu.lock", _LINE,
        "page.close", "window.quit",
    ),
    "edit": (
        "edit.undo", "edit.redo", _LINE,
        "page.copy", "import.paste", _LINE,
        "note.new", "search.note", "menu.highlight", _LINE,
        "settings.open", _LINE,
        "article.star", "article.unread", "article.tag", "article.export", "article.trash", "trash.empty",
    ),
    "view": ("window.sidebar", "window.panel", "list.table", _LINE, "settings.larger", "settings.smaller", "settings.usual", "menu.theme"),
    "go": (
        "page.back", "page.forward", _LINE,
        "search.begin", "page.find", "page.next", "page.previous", "search.save", "menu.recent", "search.jump", _LINE,
        "page.people", "page.authors", "page.notes", "page.merges", "list.focus", "page.focus", "sidebar.focus", "window.next_pane",
    ),
    "help": ("help.keys", "settings.file", "help.rebuild", "help.about"),
}  # fmt: skip
SUBMENUS: Mapping[str, tuple[str, ...]] = {
    "menu.lock": ("lock.protect", "lock.unlock", "lock.now", "lock.change"),
    "menu.highlight": ("highlight.yellow", "highlight.green", "highlight.blue", "highlight.pink", "highlight.purple"),
    "menu.theme": ("theme.system", "theme.light", "theme.sepia", "theme.dark"),
}


def fill(menus: Mapping[str, QMenu], actions: Actions, titles: Mapping[str, str], made: Mapping[str, QMenu]) -> None:
    """Puts the actions into the menus.

    Args:
        menus: The menus of the bar, by the keys of ``MENUS``.
        actions: All actions of the window.
        titles: What each of ``SUBMENUS`` is called.
        made: Menus that a feature fills itself, by their place in ``MENUS``.
    """
    for name, menu in menus.items():
        menu.aboutToShow.connect(actions.refresh)
        for entry in MENUS[name]:
            if entry == _LINE:
                menu.addSeparator()
            elif entry in made:
                menu.addMenu(made[entry])
            elif entry in SUBMENUS:
                submenu = menu.addMenu(titles[entry])
                for each in SUBMENUS[entry]:
                    submenu.addAction(actions[each])
            else:
                menu.addAction(actions[entry])
