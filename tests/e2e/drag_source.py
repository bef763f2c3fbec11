"""A program of its own that lets files be dragged out of its window: ``drag_source.py FILE...``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mousePressEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


application = QApplication(sys.argv)
label = Source("drag me")
label.setWindowTitle("drag source")
label.setAlignment(Qt.AlignmentFlag.AlignCenter)
label.resize(120, 90)
label.show()
sys.exit(application.exec())
