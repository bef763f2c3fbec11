"""Every connection between the features of a window."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication

from kbapp.ui.composition.list_reactions import ListReactions
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.composition.reactions import Reactions
from kbapp.ui.libraries.controller import start_program


def connect(parts: WindowParts, reactions: Reactions, lists: ListReactions) -> None:
    """Connects the parts of a complete window."""
    for controller in parts.controllers:
        controller.message.connect(parts.window.show_message)
        controller.failed.connect(parts.window.show_error)
        controller.page_requested.connect(parts.tabs.visit)
    for source in (parts.page_commands, parts.search_commands):
        source.message.connect(parts.window.show_message)
    for failing in (parts.shared.index, parts.shared.lock, parts.context.settings):
        failing.failed.connect(parts.window.show_error)
    parts.context.events.changed.connect(reactions.refresh)
    _connect_lists(parts, lists)
    _connect_search(parts, reactions, lists)
    _connect_pages(parts, reactions)
    _connect_notes(parts, reactions)
    _connect_imports(parts, reactions)
    _connect_window(parts, reactions)


def _connect_lists(parts: WindowParts, lists: ListReactions) -> None:
    parts.lists.list_ready.disconnect(parts.show_list)  # the first list needed no more
    parts.sidebar.chosen.connect(lists.show_place)
    parts.counts.counted.connect(parts.sidebar.show_counts)
    parts.counts.counted.connect(lists.remember_saved)
    parts.lists.others_wanted.connect(lists.fill_place)
    for source in (parts.lists, parts.notes, parts.people_lists, parts.boards):
        source.list_ready.connect(lists.show_list)
    for loader in (parts.notes, parts.people_lists):
        loader.rows_ready.connect(parts.rows.rows.put_rows)
    parts.rows.rows.rows_wanted.connect(lists.load_rows)
    parts.rows.opened.connect(lists.open_row)
    parts.rows.place_chosen.connect(lists.go_to_place)
    parts.rows.filter_wanted.connect(lists.begin_filter)
    parts.rows.menu_wanted.connect(partial(parts.article_commands.show_list_menu, parts.actions))
    parts.rows.explanation_wanted.connect(parts.search.explain)
    parts.sort_box.order_chosen.connect(lists.set_order)
    parts.layout.head.filter.filtered.connect(lists.filter)
    parts.layout.head.filter.list_wanted.connect(partial(parts.rows.begin, False))
    parts.layout.head.link_clicked.connect(lists.follow_hint)
    parts.rows.page_wanted.connect(parts.page_commands.focus_page)
    parts.rows.delete_wanted.connect(parts.article_commands.delete_selected)
    parts.rows.letters_typed.connect(parts.lists.find_title)
    parts.lists.titles_found.connect(parts.rows.go_to)
    parts.rows.selected.connect(lists.show_selected)
    parts.selection_bar.cleared.connect(parts.rows.clear_selection)
    parts.undo.made.connect(parts.toast.say)
    parts.toast.undo_wanted.connect(parts.undo.stack.undo)
    parts.undo.stack.canRedoChanged.connect(parts.toast.hide_undone)
    parts.sidebar.dropped.connect(parts.article_commands.take_rows)
    parts.page_commands.place_wanted.connect(lists.go_to_place)
    parts.article_commands.tab_requested.connect(parts.tabs.visit_in_new_tab)
    parts.article_commands.original_wanted.connect(parts.pages.open_original)
    parts.article_commands.similar_wanted.connect(parts.search.more_like)


def _connect_search(parts: WindowParts, reactions: Reactions, lists: ListReactions) -> None:
    parts.search_box.textChanged.connect(lists.search)
    parts.search_box.list_wanted.connect(lists.go_to_hits)
    parts.search_box.left.connect(parts.page_commands.focus_page)
    parts.facets.narrowed.connect(lists.narrow)
    parts.facets.values_wanted.connect(lists.find_values)
    parts.search.hits_ready.connect(lists.show_hits)
    parts.search.more_ready.connect(parts.rows.rows.append_rows)
    for counting in (parts.search, parts.lists):
        counting.values_ready.connect(parts.facets.offer)
    parts.search.problems_ready.connect(lists.show_problems)
    parts.search.cleared.connect(lists.restore_list)
    parts.search.places_ready.connect(lists.mark_places)
    parts.search.completions_ready.connect(parts.panel.offer_pages)
    parts.search.explained.connect(lists.explain)
    parts.search_commands.palette_wanted.connect(reactions.show_palette)
    parts.search_commands.note_wanted.connect(parts.note_commands.begin_on_search)
    parts.shared.index.lag_changed.connect(parts.layout.show_lag)
    parts.shared.index.caught_up.connect(parts.search.repeat)
    parts.shared.index.caught_up.connect(parts.counts.recount)


def _connect_pages(parts: WindowParts, reactions: Reactions) -> None:
    parts.tabs.page_wanted.connect(parts.pages.fetch)
    parts.tabs.link_clicked.connect(parts.pages.follow)
    parts.tabs.highlight_wanted.connect(parts.note_commands.highlight_selection)
    parts.tabs.view_added.connect(reactions.follow_view)
    parts.tabs.front_changed.connect(reactions.show_front)
    parts.tabs.tab_switched.connect(reactions.switch_tab)
    parts.pages.page_ready.connect(reactions.show_page)
    parts.pages.page_missing.connect(reactions.show_missing)
    parts.pages.notes_ready.connect(reactions.show_notes)
    parts.pages.tab_requested.connect(parts.tabs.visit_in_new_tab)
    parts.pages.search_requested.connect(parts.search_box.setText)
    parts.pages.action_requested.connect(reactions.act)
    parts.page_menu.page_requested.connect(parts.tabs.visit)
    parts.page_menu.tab_requested.connect(parts.tabs.visit_in_new_tab)
    parts.page_menu.search_requested.connect(parts.search_box.setText)
    parts.person_menu.network_wanted.connect(reactions.show_network)
    parts.tabs.months_selected.connect(lambda first, last: parts.people.brush(parts.tabs.address, first, last))


def _connect_notes(parts: WindowParts, reactions: Reactions) -> None:
    parts.panel.save_wanted.connect(parts.notes.save)
    parts.panel.delete_wanted.connect(parts.undo.delete_note)
    parts.panel.passage_wanted.connect(reactions.show_passage)
    parts.panel.unlock_wanted.connect(parts.lock_commands.unlock_notes)
    parts.panel.image_wanted.connect(parts.notes.add_image)
    parts.panel.completion_wanted.connect(parts.search.complete)
    parts.notes.saved.connect(parts.panel.show_saved)
    parts.notes.not_saved.connect(parts.panel.show_not_saved)
    parts.notes.image_stored.connect(parts.panel.show_image)
    parts.notes.highlighted.connect(parts.panel.edit_when_shown)
    parts.boards.arranging.connect(reactions.show_board)
    parts.shared.lock.about_to_lock.connect(parts.panel.save_all)
    parts.shared.lock.changed.connect(reactions.show_lock)
    if parts.shared.spelling.works:
        parts.panel.spell_with(parts.shared.spelling)


def _connect_imports(parts: WindowParts, reactions: Reactions) -> None:
    bar = parts.layout.import_bar
    parts.drop_overlay.dropped.connect(parts.importing.import_mime)
    parts.importing.began.connect(parts.shared.index.import_began)
    parts.importing.ended.connect(parts.shared.index.import_ended)
    parts.importing.progressed.connect(bar.show_progress)
    parts.importing.stored.connect(reactions.show_stored)
    parts.importing.finished.connect(reactions.show_imported)
    bar.cancelled.connect(parts.importing.queue.cancel)
    bar.report_wanted.connect(reactions.show_report)


def _connect_window(parts: WindowParts, reactions: Reactions) -> None:
    parts.libraries.program_wanted.connect(start_program)
    parts.settings_commands.dialog_wanted.connect(reactions.show_settings)
    parts.context.settings.changed.connect(reactions.apply_setting)
    parts.window.activated.connect(parts.actions.refresh)
    QGuiApplication.styleHints().colorSchemeChanged.connect(parts.apply_scheme)
    for name, action in (
        ("back", "page.back"),
        ("forward", "page.forward"),
        ("sidebar", "window.sidebar"),
        ("unfold", "window.sidebar"),
        ("panel", "window.panel"),
        ("import", "import.files"),
    ):
        parts.layout.buttons[name].clicked.connect(parts.actions[action].trigger)
