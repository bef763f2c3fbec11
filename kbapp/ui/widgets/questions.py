"""Small questions that several features ask."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_line(parent: QWidget, question: str, text: str = "") -> str | None:
    """Asks for a line of text, ``text`` being there to begin with; None when nothing was typed or it was cancelled."""
    answer, agreed = QInputDialog.getText(parent, "kbapp", question, text=text)
    return answer.strip() or None if agreed else None
