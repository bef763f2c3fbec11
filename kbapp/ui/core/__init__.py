"""What every feature is given: context, events, tasks, undo, actions. No widgets.

How the window is built
    A feature is a folder (``articles``, ``pages``, ``people``, ``notes``, ``search``, ``importing``, ``settings``) with a
    ``controller.py``, its widgets, and the actions that it declares. Features never import one another.
    ``composition.py`` alone knows them all: it builds them and connects their signals.

How to add a feature
    1. Write ``controller.py``: a ``Controller`` that takes the ``AppContext`` (and ``UndoController`` if it writes), with
       slots that its widgets are connected to and typed signals that carry frozen dataclasses.
    2. Write its widgets: they take values and emit what the user meant (``person_clicked(int)``); they never touch the
       library, a file, or HTML.
    3. Build both in ``composition.py`` and connect them there.

How to run what takes long
    ``self._lane = self.lane("network", latest=True)`` in the controller, then
    ``self._lane.submit(work, on_result, key=...)``. Answers that nobody waits for any more are dropped, errors too.

How to change the library
    Through ``UndoController`` (``undo.push(title, do, undo, change)``); it emits ``context.events.changed(ChangeSet)``,
    and every window refreshes what shows those things.

How to declare an action
    Return an ``ActionSpec("feature.verb", self.tr("&Text"), self.method, "Ctrl+K")`` from the feature's ``actions()`` and
    name its id in the table of ``menu_bar.py``; the palette and the help page list it by themselves.
"""
