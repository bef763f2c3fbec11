"""The one thing that ever goes out: a page whose link the user keeps, fetched when he says so, in one request."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from kbapp import __version__

MOST_BYTES = 20 << 20
_SECONDS = 20


class PageFetcher(QObject):
    """``fetched`` carries the address and the bytes; ``moved`` where the page is now, which is not followed unasked."""

    fetched = Signal(str, bytes)
    moved = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reply: QNetworkReply | None = None

    def fetch(self, address: str) -> None:
        """Asks for one page; what is under way is given up."""
        self.cancel()
        if urlsplit(address).scheme not in ("http", "https"):
            self.failed.emit(self.tr("Only http and https addresses can be fetched: {0}").format(address))
            return
        request = QNetworkRequest(QUrl(address))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, f"kbapp/{__version__}")
        request.setTransferTimeout(_SECONDS * 1000)
        request.setRawHeader(b"Connection", b"close")
        # A manager of its own: over a connection that the server has closed meanwhile, Qt would ask a second time.
        network = QNetworkAccessManager(self)
        network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        reply = self._reply = network.get(request)
        reply.destroyed.connect(network.deleteLater)
        reply.downloadProgress.connect(lambda received, _total: reply.abort() if received > MOST_BYTES else None)
        reply.finished.connect(lambda: self._finish(address, reply))

    def cancel(self) -> None:
        if self._reply is not None:
            reply, self._reply = self._reply, None
            reply.abort()

    def _finish(self, address: str, reply: QNetworkReply) -> None:
        reply.deleteLater()
        if reply is not self._reply:  # was cancelled
            return
        self._reply = None
        elsewhere = reply.attribute(QNetworkRequest.Attribute.RedirectionTargetAttribute)
        if isinstance(elsewhere, QUrl) and not elsewhere.isEmpty():
            self.moved.emit(QUrl(address).resolved(elsewhere).toString())
        elif reply.error() != QNetworkReply.NetworkError.NoError:
            words = self.tr("{0} could not be fetched ({1}). Open it in a browser, save the page and drop it here.")
            self.failed.emit(words.format(address, reply.errorString()))
        else:
            self.fetched.emit(address, bytes(reply.readAll().data()))
