"""Handing over: a second start gives its files and links to the program that runs already."""

from __future__ import annotations

import json

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 1500  # milliseconds that a second start waits for the first
_RETRY = 30
_MOST_BYTES = 1 << 20


def hand_over(socket_name: str, arguments: list[str]) -> bool:
    """Gives the arguments to a program that runs already, or starts; False when none answers."""
    patience = QDeadlineTimer(_PATIENCE)
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    while not socket.waitForConnected(100):
        if patience.hasExpired():
            return False
        QThread.msleep(_RETRY)
        socket.connectToServer(socket_name)
    socket.write(json.dumps(arguments).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE)
    answered = socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return answered


class Receiver(QObject):
    """Takes what later starts hand over. ``received`` carries their arguments."""

    received = Signal(list)

    def __init__(self, socket_name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QLocalServer.removeServer(socket_name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self.listens = self._server.listen(socket_name)

    def close(self) -> None:
        self._server.close()

    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            try:
                arguments = json.loads(bytes(socket.readLine().data()))
            except ValueError:
                arguments = []
            socket.write(b"ok\n")
            socket.flush()
            self.received.emit(
                [each for each in arguments if isinstance(each, str)] if isinstance(arguments, list) else []
            )
