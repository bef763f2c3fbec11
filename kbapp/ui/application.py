"""The program with a window: one instance for each library, its windows, and what is said when something goes wrong."""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from kbapp import __version__, paths
from kbapp.errors import Code, InvalidSettings, UserError
from kbapp.i18n import message
from kbapp.launcher import WindowRequest
from kbapp.settings import Settings, load
from kbapp.ui import composition
from kbapp.ui.composition.engines import make_context
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.single_instance import SingleInstance
from kbapp.ui.window_manager import NEW_WINDOW, WindowManager


class Application(QApplication):
    """The program. On a Mac files and ``kb:`` links come as events, also while it is starting; ``opened`` carries them."""

    opened = Signal(str)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.waiting: list[str] = []  # what came before anybody listened

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            wanted = event.file() or event.url().toString()
            if wanted:
                self.waiting.append(wanted)
                self.opened.emit(wanted)
            return True
        return super().event(event)


def main(request: WindowRequest) -> int:
    """Opens the window and returns the exit status."""
    if _lacks_display():
        print(message(UserError(Code.NO_DISPLAY)), file=sys.stderr)  # noqa: T201
        return 1
    started = start(request)
    if started is None:
        return 0
    application, manager = started
    status = application.exec()
    manager.context.close()
    return int(status)


def start(request: WindowRequest) -> tuple[QApplication, WindowManager] | None:
    """Makes the first window and shows it; None when a program that runs already opens what was asked for."""
    gc.disable()  # what is made while starting stays: looking for waste in it only takes time; on again once a window is there
    _start_log()
    application = Application(sys.argv[:1])
    application.setApplicationName("kbapp")
    application.setApplicationDisplayName("kbapp")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("io.github.kbapp.kbapp")
    sys.excepthook = _crashed
    return _open(application, request)


def _open(application: Application, request: WindowRequest) -> tuple[QApplication, WindowManager] | None:
    folder = Path(request.library).expanduser().absolute() if request.library else paths.default_library().absolute()
    arguments = [each if each.startswith("kb:") else str(Path(each).absolute()) for each in request.open]
    instance = SingleInstance(folder)
    wanted = [*([NEW_WINDOW] if request.new_window else []), *arguments]
    if not instance.acquire() and _handed_over(instance.socket, wanted):
        return None
    settings, mistake = _settings()
    manager = WindowManager(make_context(folder, settings, paths.state_file()), application)

    def complete() -> None:
        gc.freeze()
        gc.enable()
        if mistake is not None:
            manager.last.window.show_error(mistake)
        if wanted_now := [*arguments, *application.waiting]:
            manager.open_arguments(wanted_now)
        application.opened.connect(lambda each: manager.open_arguments([each]))
        try:
            receiver = composition.receive(instance.socket, application)
        except (
            ImportError
        ):  # a system without what Qt's network part needs: a second start then opens a window of its own
            logging.getLogger("kbapp").exception("no second start can be handed over")
            return
        receiver.received.connect(manager.open_arguments)
        application.aboutToQuit.connect(receiver.close)

    def give_up(error: UserError) -> None:
        QMessageBox.critical(manager.last.window, "kbapp", message(error))
        application.exit(1)

    manager.painted.connect(lambda: composition.apply_language(application, settings.values.language))
    manager.ready.connect(complete)
    manager.unusable.connect(give_up)
    application.aboutToQuit.connect(instance.release)
    manager.open_window()
    return application, manager


def _handed_over(socket: str, wanted: list[str]) -> bool:
    try:
        return composition.hand_over(socket, wanted)
    except ImportError:
        return False


def _settings() -> tuple[SettingsStore, UserError | None]:
    file = paths.settings_file()
    try:
        return SettingsStore(load(file), file), None
    except InvalidSettings as error:
        return SettingsStore(Settings(), file, faulty=True), error


def _lacks_display() -> bool:
    """Whether this is a Linux without a display to open a window on."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _start_log() -> None:
    log = paths.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(
            filename=log, level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
        )
    except OSError:
        logging.basicConfig(level=logging.WARNING)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug: it is logged and said in words; the window stays, notes are safe."""
    logging.getLogger("kbapp").critical("bug", exc_info=(kind, error, trace))
    traceback.print_exception(kind, error, trace)
    application = QApplication.instance()
    if isinstance(application, QApplication) and application.platformName() != "offscreen":
        words = application.tr("Something went wrong in kbapp. Your library is safe and you can keep working.")
        box = QMessageBox(QMessageBox.Icon.Warning, "kbapp", words)
        box.setInformativeText(application.tr("Details were saved to {0}.").format(paths.log_file()))
        box.exec()
