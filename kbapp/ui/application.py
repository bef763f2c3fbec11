"""The program with a window: builds library and window, keeps to one instance, says in words what goes wrong."""

from __future__ import annotations

import binascii
import gc
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from kbapp import __version__, paths
from kbapp.errors import InvalidSettings
from kbapp.launcher import WindowRequest
from kbapp.settings import Settings, load

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    from kbapp.ui.core.context import Services
    from kbapp.ui.main_window import MainWindow

NEW_WINDOW = "--new-window"
_HANDOVER = 1500  # milliseconds that a second start waits for the first


def main(request: WindowRequest) -> int:
    """Opens the window and returns the exit status."""
    if missing := _missing_display():
        print(missing, file=sys.stderr)  # noqa: T201
        return 1
    try:
        started = start(request)
    except ImportError as error:
        words = f"Qt could not be loaded ({error}). On Debian and Ubuntu: sudo apt install libegl1 libgl1 libxkbcommon0 libxcb-cursor0"
        print(words, file=sys.stderr)  # noqa: T201
        return 1
    if started is None:
        return 0
    application, services, _ = started
    status = application.exec()
    services.close()
    return int(status)


def start(request: WindowRequest) -> tuple[QApplication, Services, MainWindow] | None:
    """Makes the window and shows it; None when an instance that runs already opens what was asked for.

    Raises ImportError where Qt cannot be loaded.
    """
    gc.disable()  # what is made while starting stays: looking for waste in it only takes time; the window turns it on again
    _start_log()
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    application.setApplicationName("kbapp")
    application.setApplicationDisplayName("kbapp")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("io.github.kbapp.kbapp")
    sys.excepthook = _crashed
    return _open(application, request)


def _open(application: QApplication, request: WindowRequest) -> tuple[QApplication, Services, MainWindow] | None:
    from PySide6.QtCore import QDir, QLockFile

    folder = Path(request.library).expanduser().absolute() if request.library else paths.default_library().absolute()
    name = f"kbapp-{binascii.crc32(str(folder).encode()):08x}"
    absolute = [argument if argument.startswith("kb:") else str(Path(argument).absolute()) for argument in request.open]
    lock = QLockFile(f"{QDir.tempPath()}/{name}.lock")
    lock.setStaleLockTime(0)  # held as long as its program runs, however long that is
    if not lock.tryLock(0) and _hand_over(name, [*([NEW_WINDOW] if request.new_window else []), *absolute]):
        return None
    settings, mistake = _settings()
    from kbapp.ui.core.context import Services
    from kbapp.ui.main_window import MainWindow

    services = Services(folder, settings, paths.settings_file(), paths.state_file())
    window = MainWindow(services)

    def seen() -> None:
        from kbapp.ui.translator import speak

        application.setStyle("Fusion")
        speak(application, settings.language)

    def furnished() -> None:
        gc.freeze()
        gc.enable()
        _listen(name, application, services, lock)
        if mistake:
            window.statusBar().showMessage(mistake)
        if absolute:
            window.open_arguments(absolute)

    window.seen.connect(seen)
    window.furnished.connect(furnished)
    window.unusable.connect(lambda words: _give_up(application, window, words))
    window.show()
    return application, services, window


def _listen(name: str, application: QApplication, services: Services, lock: QLockFile) -> None:
    """Takes what later starts hand over, until the program ends."""
    from PySide6.QtNetwork import QLocalServer

    QLocalServer.removeServer(name)
    server = QLocalServer(application)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.listen(name)
    server.newConnection.connect(lambda: _taken_over(server, services))
    application.aboutToQuit.connect(lambda: (server.close(), lock.unlock()))


def _give_up(application: QApplication, window: MainWindow, words: str) -> None:
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.critical(window, "kbapp", words)
    application.exit(1)


def _settings() -> tuple[Settings, str]:
    try:
        return load(paths.settings_file()), ""
    except InvalidSettings as error:
        return Settings(), str(error)


def _hand_over(name: str, arguments: list[str]) -> bool:
    """Gives the arguments to an instance that is running already, or starting; False when there is none that answers."""
    from PySide6.QtCore import QDeadlineTimer, QThread
    from PySide6.QtNetwork import QLocalSocket

    patience = QDeadlineTimer(_HANDOVER)
    socket = QLocalSocket()
    socket.connectToServer(name)
    while not socket.waitForConnected(100):
        if patience.hasExpired():
            return False
        QThread.msleep(30)
        socket.connectToServer(name)
    socket.write(json.dumps(arguments).encode() + b"\n")
    socket.waitForBytesWritten(_HANDOVER)
    socket.waitForReadyRead(_HANDOVER)
    socket.disconnectFromServer()
    return True


def _taken_over(server: object, services: object) -> None:
    """A second start gave us its files and links: open them in the window used last and come to the front."""
    from PySide6.QtNetwork import QLocalServer

    from kbapp.ui.core.context import Services
    from kbapp.ui.main_window import MainWindow

    assert isinstance(server, QLocalServer) and isinstance(services, Services)
    socket = server.nextPendingConnection()

    def read() -> None:
        if socket.canReadLine():
            try:
                arguments = json.loads(bytes(socket.readLine().data()))
            except ValueError:
                arguments = []
            socket.write(b"ok\n")
            socket.flush()
            window = MainWindow.of(services, new=NEW_WINDOW in arguments)
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
            window.open_arguments([str(argument) for argument in arguments if argument != NEW_WINDOW])

    socket.readyRead.connect(read)
    read()


def _missing_display() -> str | None:
    """Words for a Linux without a display; None when a window can be opened."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    return "There is no display to open a window on. The command line does everything without one: kbapp --help"


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
    """A bug: it is logged and told in words; the window stays, notes are safe."""
    logging.getLogger("kbapp").critical("bug", exc_info=(kind, error, trace))
    traceback.print_exception(kind, error, trace)
    from PySide6.QtWidgets import QApplication, QMessageBox

    if QApplication.instance() is not None and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        box = QMessageBox(
            QMessageBox.Icon.Warning, "kbapp", "kbapp met a mistake of its own. Your library is safe; you can go on."
        )
        box.setInformativeText(f"What happened is written in {paths.log_file()}.")
        box.exec()
